using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Experiments.Orchestrator.Storage;

/// <summary>
/// Sets the options that SQLite does not store in the file: a commit is on disk when it returns, and a locked file is waited for. The pool opens the
/// same connection thousands of times, so each is configured only once.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>The cache is 16 MB: with SQLite's default of 2 MB, sweeps of thousands of runs were read from the file again and again.</summary>
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA cache_size=-16000;";

    private readonly ConditionalWeakTable<sqlite3, object> _set = [];

    public static SqlitePragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!IsNew(connection))
        {
            return;
        }

        using DbCommand command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        Remember(connection);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!IsNew(connection))
        {
            return;
        }

        await using DbCommand command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        Remember(connection);
    }

    private bool IsNew(DbConnection connection) => !_set.TryGetValue(HandleOf(connection), out _);

    private void Remember(DbConnection connection) => _set.AddOrUpdate(HandleOf(connection), connection.GetType());

    /// <summary>SQLite's own connection, which the pool passes from one object to the next.</summary>
    private static sqlite3 HandleOf(DbConnection connection) => ((SqliteConnection)connection).Handle!;
}
