using System.Data.Common;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps.Planning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Stores the runs of a sweep: one prepared statement, as EF's change tracking would take seconds for 10,000 of them.</summary>
internal sealed class RunInserter : IAsyncDisposable
{
    private static readonly string[] Columns =
    [
        nameof(Run.Id), nameof(Run.SweepId), nameof(Run.Cell), nameof(Run.Key), nameof(Run.Status), nameof(Run.Config), nameof(Run.Epochs),
        nameof(Run.Attempt), nameof(Run.TriesLeft), nameof(Run.CreatedAt), nameof(Run.StartedAt), nameof(Run.FinishedAt), nameof(Run.Epoch),
        nameof(Run.Summary), nameof(Run.BestObjective), nameof(Run.ReusedFrom), nameof(Run.Artifacts), nameof(Run.ArtifactsAttempt),
        nameof(Run.TrainedTicks), nameof(Run.BatchParts), nameof(Run.Tags), nameof(Run.Notes),
        nameof(Run.WaitsFor), nameof(Run.Inputs),
    ];

    private readonly DbCommand _insert;

    private RunInserter(DbCommand insert) => _insert = insert;

    public static async Task InsertAsync(
        StateWrite unit, Sweep sweep, DatasetSpec dataset, IReadOnlyList<PlannedRun> runs, DateTimeOffset now)
    {
        // The runs refer to the sweep.
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        await using var inserter = new RunInserter(Prepare(unit.Db));
        foreach (PlannedRun run in runs)
        {
            await inserter.InsertAsync(sweep, dataset, run, now, unit.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _insert.DisposeAsync();

    private static DbCommand Prepare(StateContext db)
    {
        DbCommand insert = db.Database.GetDbConnection().CreateCommand();
        insert.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        insert.CommandText = $"INSERT INTO Runs ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(column => "@" + column))})";
        foreach (string column in Columns)
        {
            DbParameter parameter = insert.CreateParameter();
            parameter.ParameterName = "@" + column;
            insert.Parameters.Add(parameter);
        }

        return insert;
    }

    private Task<int> InsertAsync(Sweep sweep, DatasetSpec dataset, PlannedRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Run? source = run.Reused;
        object?[] values =
        [
            EntityId.New(now), sweep.Id, run.Cell, run.Key, (int)(source is null ? RunStatus.Pending : RunStatus.Completed),
            RunConfig.ToJson(run.Hyperparameters, dataset), run.Hyperparameters.Epochs,
            0, sweep.MaxAttempts, now.UtcTicks, null, source is null ? null : now.UtcTicks, source?.Epoch ?? 0,
            source?.Summary ?? "{}", source?.BestObjective, source?.SourceId, source?.Artifacts ?? "[]", source?.ArtifactsAttempt,
            0, 1, "[]", "", run.WaitsFor, InputsJson.Write(run.Inputs),
        ];
        for (int i = 0; i < values.Length; i++)
        {
            _insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return _insert.ExecuteNonQueryAsync(cancellationToken);
    }
}
