using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Experiments.Orchestrator.State;

/// <summary>Lets several reads see one state of the database, whatever is written in between.</summary>
internal static class Snapshot
{
    /// <summary>Until it is disposed, <paramref name="db"/> sees what its first read saw. Writers are not held up.</summary>
    public static async Task<IDbContextTransaction> BeginSnapshotAsync(this StateContext db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();

        // Deferred: EF Core's own transactions would take the lock of a writer.
        return await db.Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancellationToken)
            ?? throw new InvalidOperationException("the database gave no transaction");
    }
}
