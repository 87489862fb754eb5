using System.Data.Common;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps.Planning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Stores the runs of a sweep with one prepared statement: EF's change tracking would take seconds for 10,000 of them.</summary>
internal static class RunInserter
{
    /// <summary>The written columns, each with its value. The other columns of <see cref="Run"/> are null in a new run.</summary>
    private static readonly (string Name, Func<NewRun, object?> Value)[] Columns =
    [
        (nameof(Run.Id), run => EntityId.New(run.CreatedAt)),
        (nameof(Run.SweepId), run => run.Sweep.Id),
        (nameof(Run.Cell), run => run.Planned.Cell),
        (nameof(Run.Key), run => run.Planned.Key),
        (nameof(Run.Inputs), run => InputsJson.Write(run.Planned.Inputs)),
        (nameof(Run.Status), run => (int)(run.Source is null ? RunStatus.Pending : RunStatus.Completed)),
        (nameof(Run.Config), run => RunConfig.ToJson(run.Planned.Hyperparameters, run.Dataset)),
        (nameof(Run.Epochs), run => run.Planned.Hyperparameters.Epochs),
        (nameof(Run.Attempt), _ => 0),
        (nameof(Run.TriesLeft), run => run.Sweep.MaxAttempts),
        (nameof(Run.BatchParts), _ => 1),
        (nameof(Run.CreatedAt), run => run.CreatedAt.UtcTicks),
        (nameof(Run.FinishedAt), run => run.Source is null ? null : run.CreatedAt.UtcTicks),
        (nameof(Run.Epoch), run => run.Source?.Epoch ?? 0),
        (nameof(Run.Summary), run => run.Source?.Summary ?? "{}"),
        (nameof(Run.BestObjective), run => run.Source?.BestObjective),
        (nameof(Run.ReusedFrom), run => run.Source?.SourceId),
        (nameof(Run.WaitsFor), run => run.Planned.WaitsFor),
        (nameof(Run.StageKey), run => run.Planned.StageKey),
        (nameof(Run.BranchKey), run => run.Source is null ? run.Planned.StageKey : null),
        (nameof(Run.SharedEpochs), _ => 0),
        (nameof(Run.Artifacts), run => run.Source?.Artifacts ?? "[]"),
        (nameof(Run.ArtifactsAttempt), run => run.Source?.ArtifactsAttempt),
        (nameof(Run.TrainedTicks), _ => 0),
        (nameof(Run.PromotedTo), _ => 0),
        (nameof(Run.Tags), _ => "[]"),
        (nameof(Run.Notes), _ => ""),
    ];

    public static async Task InsertAsync(
        StateWrite unit, Sweep sweep, DatasetSpec dataset, IReadOnlyList<PlannedRun> runs, DateTimeOffset now)
    {
        // The runs refer to the sweep.
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        await using DbCommand insert = Prepare(unit.Db);
        foreach (PlannedRun run in runs)
        {
            var row = new NewRun(sweep, dataset, run, now);
            for (int i = 0; i < Columns.Length; i++)
            {
                insert.Parameters[i].Value = Columns[i].Value(row) ?? DBNull.Value;
            }

            await insert.ExecuteNonQueryAsync(unit.CancellationToken);
        }
    }

    private static DbCommand Prepare(StateContext db)
    {
        DbCommand insert = db.Database.GetDbConnection().CreateCommand();
        insert.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        string[] names = [.. Columns.Select(column => column.Name)];
        insert.CommandText = $"INSERT INTO Runs ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(name => "@" + name))})";
        foreach (string name in names)
        {
            DbParameter parameter = insert.CreateParameter();
            parameter.ParameterName = "@" + name;
            insert.Parameters.Add(parameter);
        }

        return insert;
    }

    private readonly record struct NewRun(Sweep Sweep, DatasetSpec Dataset, PlannedRun Planned, DateTimeOffset CreatedAt)
    {
        /// <summary>The completed run whose result this one takes over; null when it has to be trained.</summary>
        public Run? Source => Planned.Reused;
    }
}
