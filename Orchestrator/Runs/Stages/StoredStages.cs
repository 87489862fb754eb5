using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Stages;

/// <summary>Finds runs that begin alike, by the index of <see cref="Run.StageKey"/>.</summary>
internal static class StoredStages
{
    /// <summary>A bound for one transaction: the others train their shared epochs themselves, or wait for a later run.</summary>
    private const int MostHeldBack = 1000;
    private const int MostCheckpoints = 200;

    /// <summary>A checkpoint of another run from which <paramref name="run"/> can continue: that with the most epochs. Null if there is none.</summary>
    public static async Task<Attempt?> FindCheckpointAsync(StateContext db, Run run, Hyperparameters hyperparameters, CancellationToken cancellationToken)
    {
        var stored = await (
                from other in db.Runs
                where other.StageKey == run.StageKey && other.Id != run.Id && !db.Attempts.Any(part => part.RunId == other.Id && part.BatchParts > 1)
                join attempt in db.Attempts on other.Id equals attempt.RunId
                where attempt.HasCheckpoint && attempt.EndedAt != null && attempt.LastEpoch > 0 && attempt.UntilEpoch < run.Epochs
                orderby attempt.LastEpoch descending, other.CreatedAt, other.Id
                select new { other.Config, Attempt = attempt })
            .Take(MostCheckpoints)
            .ToListAsync(cancellationToken);

        // The worker may have trained on after its last report, up to the epoch at which it was to end.
        return stored.Find(one => StageCandidate.Of(hyperparameters, one.Attempt.RunId, one.Config).Shared >= one.Attempt.UntilEpoch)?.Attempt;
    }

    /// <summary>A run that is being trained up to an epoch from which <paramref name="run"/> can continue. Null if there is none.</summary>
    public static async Task<StageCandidate?> FindTrainingAsync(StateContext db, Run run, Hyperparameters hyperparameters, CancellationToken cancellationToken)
    {
        var training = await (
                from other in db.Runs
                where other.StageKey == run.StageKey && other.Id != run.Id && other.Status == RunStatus.Running && !db.Attempts.Any(part => part.RunId == other.Id && part.BatchParts > 1)
                join attempt in db.Attempts on other.Id equals attempt.RunId
                where attempt.EndedAt == null && attempt.Number == other.Attempt && attempt.UntilEpoch < run.Epochs && attempt.UntilEpoch < other.Epochs
                orderby attempt.UntilEpoch descending, other.CreatedAt, other.Id
                select new { other.Id, other.Config, attempt.UntilEpoch })
            .Take(MostCheckpoints)
            .ToListAsync(cancellationToken);
        return training
            .Select(one => (Candidate: StageCandidate.Of(hyperparameters, one.Id, one.Config), Until: one.UntilEpoch!.Value))
            .Where(one => one.Candidate.Shared >= one.Until)
            .Select(one => (StageCandidate?)(one.Candidate with { Shared = one.Until }))
            .FirstOrDefault();
    }

    /// <summary>The runs that were never trained and train at least the next epoch like <paramref name="run"/>.</summary>
    /// <param name="branch">What its <see cref="Run.BranchKey"/> was before it got a worker.</param>
    public static async Task<IReadOnlyList<StageCandidate>> FindUntrainedAsync(
        StateContext db, Run run, string branch, Hyperparameters hyperparameters, CancellationToken cancellationToken)
    {
        var untrained = await (
                from other in db.Runs
                where other.BranchKey == branch && other.Id != run.Id && other.WaitsFor == null && other.BatchParts == 1
                    && (other.Status == RunStatus.Pending || other.Status == RunStatus.Queued)
                orderby other.SweepId == run.SweepId ? 0 : 1, other.Cell, other.Id
                select new { other.Id, other.Config })
            .Take(MostHeldBack)
            .ToListAsync(cancellationToken);
        return [.. untrained.Select(one => StageCandidate.Of(hyperparameters, one.Id, one.Config))];
    }

    /// <summary>The runs that wait for a run to finish an epoch that they share.</summary>
    public static async Task<List<Run>> WaitingForAsync(StateWrite unit, string runId)
    {
        // Which runs wait is read from the database, so pending changes have to be saved.
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        return await unit.Db.Runs
            .Where(run => run.WaitsFor == runId && run.WaitsForEpoch != null)
            .OrderBy(run => run.WaitsForEpoch).ThenBy(run => run.Cell).ThenBy(run => run.Id)
            .ToListAsync(unit.CancellationToken);
    }
}
