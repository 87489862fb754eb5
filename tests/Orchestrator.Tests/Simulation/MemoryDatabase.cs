using System.Data.Common;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SQLitePCL;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>
/// The two databases of an Orchestrator in memory, with the real tables. Committed data survives the process that wrote it, as on a disk. Creating
/// one is slow, emptying it is not: use it for many cases, one after another.
/// </summary>
internal sealed class MemoryDatabase : IDisposable
{
    private readonly CommitHook _hook = new();
    private readonly DbContextOptions<StateContext> _stateOptions;
    private readonly DbContextOptions<MetricsContext> _metricsOptions;

    public MemoryDatabase()
    {
        StateQueries = new PreparedQueries(State);
        MetricQueries = new PreparedQueries(Metrics);
        _stateOptions = new DbContextOptionsBuilder<StateContext>().UseSqlite(State).AddInterceptors(_hook).Options;
        _metricsOptions = new DbContextOptionsBuilder<MetricsContext>().UseSqlite(Metrics).Options;
        States = new PooledDbContextFactory<StateContext>(_stateOptions);
        MetricPoints = new PooledDbContextFactory<MetricsContext>(_metricsOptions);
        using StateContext state = States.CreateDbContext();
        state.Database.Migrate();
        using MetricsContext points = MetricPoints.CreateDbContext();
        points.Database.Migrate();
    }

    public SqliteConnection State { get; } = Open();

    public SqliteConnection Metrics { get; } = Open();

    public PreparedQueries StateQueries { get; }

    public PreparedQueries MetricQueries { get; }

    public IDbContextFactory<StateContext> States { get; }

    public IDbContextFactory<MetricsContext> MetricPoints { get; }

    /// <summary>Counts every row ever written to the state.</summary>
    public int Changes => raw.sqlite3_total_changes(State.Handle);

    /// <summary>Called after each commit to the state, before the caller learns of it. May throw.</summary>
    public Action Committed
    {
        set => _hook.Committed = value;
    }

    public void Clear()
    {
        Committed = () => { };
        Execute(State, "DELETE FROM Attempts; DELETE FROM StoppingRecords; DELETE FROM Runs; DELETE FROM Sweeps; DELETE FROM Workers; DELETE FROM DeletedRuns;");
        Execute(Metrics, "DELETE FROM Points; DELETE FROM Series; DELETE FROM LogLines; DELETE FROM ArchivePositions;");
    }

    public void Dispose()
    {
        StateQueries.Dispose();
        MetricQueries.Dispose();
        State.Dispose();
        Metrics.Dispose();
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Foreign Keys=True");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class CommitHook : DbTransactionInterceptor
    {
        public Action Committed { get; set; } = () => { };

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Committed();
            return Task.CompletedTask;
        }
    }
}
