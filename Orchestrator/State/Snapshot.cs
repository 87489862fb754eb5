using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Experiments.Orchestrator.State;

/// <summary>Lets several reads see the same state of the database, regardless of writes in between.</summary>
internal static class Snapshot
{
    /// <summary>Until disposed, <paramref name="db"/> sees the state of its first read. Writers are not blocked.</summary>
    public static async Task<IDbContextTransaction> BeginSnapshotAsync(this StateContext db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();

        // Deferred: EF Core's own transactions would take the write lock.
        return await db.Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancellationToken)
            ?? throw new InvalidOperationException("the database gave no transaction");
    }
}
