using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Runs.Checkpoints;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Runs.Stages;

/// <summary>
/// Trains epochs that several runs train alike only once. A stage is trained by one of its runs: of those that were never trained, the first that gets a
/// worker. The others wait for it (<see cref="Run.WaitsFor"/>, <see cref="Run.WaitsForEpoch"/>). Its attempt ends at the epoch at which the first of
/// them differs; then these runs get its checkpoint and are trained on by any worker, and their workers report the shared epochs as theirs. All changes
/// are part of the transaction that causes them. A run that cannot get the checkpoint is trained from its first epoch, with the same result.
/// </summary>
public sealed class SharedStages(CheckpointFiles checkpoints, ArtifactUsage usage, TicketQueue tickets, TimeProvider time, ILogger<SharedStages> logger)
{
    /// <summary>A run that was never trained is about to be: it waits for a run that trains its first epochs, or gets a stored checkpoint of them.</summary>
    /// <returns>True if it waits: it must not be given to a worker now.</returns>
    internal async Task<bool> TryWaitAsync(StateWrite unit, Run run, Hyperparameters hyperparameters)
    {
        if (run.BranchKey is null || run.SharedFrom is not null)
        {
            return false;
        }

        if (await StoredStages.FindTrainingAsync(unit.Db, run, hyperparameters, unit.CancellationToken) is { } training)
        {
            HoldBack(unit, run, training.RunId, training.Shared);
            return true;
        }

        if (await StoredStages.FindCheckpointAsync(unit.Db, run, hyperparameters, unit.CancellationToken) is { } stored)
        {
            await TryHandOverAsync(unit, stored, run, stored.UntilEpoch);

            // The claim reads the attempts from the database.
            await unit.Db.SaveChangesAsync(unit.CancellationToken);
        }

        return false;
    }

    /// <summary>A worker got <paramref name="run"/>: if it is its first, runs that train the next epochs like it and were never trained wait for it from now on.</summary>
    /// <param name="attempt">Its new attempt, with the bound of the checkpoint that it resumes from.</param>
    /// <returns>The first epoch that a run waits for; null if none does.</returns>
    internal async Task<int?> HoldBackOthersAsync(StateWrite unit, Run run, Attempt attempt, Hyperparameters hyperparameters)
    {
        if (run.StageKey is null)
        {
            return null;
        }

        await HandOverLateAsync(unit, run, attempt);
        if (run.BranchKey is { } branch)
        {
            run.BranchKey = null;

            // A checkpoint of another run may be ahead of what was reported, up to its bound.
            int most = Math.Max(attempt.UntilEpoch ?? run.Epochs, run.SharedEpochs + 1);
            foreach (StageCandidate other in await StoredStages.FindUntrainedAsync(unit.Db, run, branch, hyperparameters, unit.CancellationToken))
            {
                if (other.Shared >= most)
                {
                    HoldBack(unit, (await unit.Db.Runs.FindAsync([other.RunId], unit.CancellationToken))!, run.Id, other.Shared);
                }
            }
        }

        return (await StoredStages.WaitingForAsync(unit, run.Id)).FirstOrDefault()?.WaitsForEpoch;
    }

    /// <summary>The earlier attempt reported the epoch that others wait for when its lease was lost already.</summary>
    private async Task HandOverLateAsync(StateWrite unit, Run run, Attempt attempt)
    {
        if (attempt.ResumedFrom is not { } from || await unit.Db.Attempts.FindAsync([run.Id, from], unit.CancellationToken) is not { } source)
        {
            return;
        }

        foreach (Run waiting in (await StoredStages.WaitingForAsync(unit, run.Id)).Where(waiting => waiting.WaitsForEpoch <= source.LastEpoch))
        {
            await TryHandOverAsync(unit, source, waiting, waiting.WaitsForEpoch);
            Release(unit, waiting);
        }
    }

    /// <summary>
    /// An attempt of the run ended, and the run is in its next status: the runs that wait for an epoch that it has finished get its checkpoint. All do when
    /// it is not trained on for now.
    /// </summary>
    internal async Task HandOverAsync(StateWrite unit, Run run, Attempt attempt)
    {
        if (run.StageKey is null || run.Status is not (RunStatus.Queued or RunStatus.Paused or RunStatus.Stopped))
        {
            return;
        }

        foreach (Run waiting in await StoredStages.WaitingForAsync(unit, run.Id))
        {
            if (run.Status != RunStatus.Queued || waiting.WaitsForEpoch <= attempt.LastEpoch)
            {
                await TryHandOverAsync(unit, attempt, waiting, waiting.WaitsForEpoch);
                Release(unit, waiting);
            }
            else if (run.BatchParts > 1)
            {
                Release(unit, waiting);
            }
        }
    }

    /// <param name="shared">The number of epochs that both runs train alike: the checkpoint must have no iteration of a later one.</param>
    private async Task TryHandOverAsync(StateWrite unit, Attempt source, Run run, int? shared)
    {
        bool isUsable = source is { HasCheckpoint: true, LastEpoch: > 0, BatchParts: 1 } && source.UntilEpoch <= shared;
        if (!isUsable || !checkpoints.TryShare(source.RunId, source.Number, run.Id))
        {
            return;
        }

        Attempt? stage = await unit.Db.Attempts.FindAsync([run.Id, Attempt.OfStage], unit.CancellationToken);
        if (stage is null)
        {
            DateTimeOffset now = time.GetUtcNow();

            // It counts no epoch as reported: the worker that continues reports those of the checkpoint as this run's.
            stage = new Attempt
            {
                RunId = run.Id,
                Number = Attempt.OfStage,
                WorkerId = source.WorkerId,
                StartedAt = now,
                EndedAt = now,
                Outcome = AttemptOutcome.HandedBack,
            };
            unit.Db.Attempts.Add(stage);
        }

        (stage.HasCheckpoint, stage.UntilEpoch) = (true, source.UntilEpoch);
        (run.SharedFrom, run.SharedEpochs) = (source.RunId, source.LastEpoch);
        run.BranchKey = RunKey.OfBranch(run.StageKey!, RunConfig.FromJson(run.Config).Hyperparameters, run.SharedEpochs + 1);
        unit.RunChanged(run.Id, run.SweepId);
        unit.AfterCommit(() => usage.Measure(run.Id, Attempt.OfStage));
        logger.LogInformation(
            "Run {RunId} of sweep {SweepId} continues from the first {Epochs} epochs of run {SourceId}", run.Id, run.SweepId, source.LastEpoch, source.RunId);
    }

    private void HoldBack(StateWrite unit, Run run, string leaderId, int epoch)
    {
        run.State = run.State.After(RunCause.HeldBack) ?? run.State;
        (run.WaitsFor, run.WaitsForEpoch) = (leaderId, epoch);
        unit.RunChanged(run.Id, run.SweepId);
        logger.LogDebug("Run {RunId} of sweep {SweepId} waits for epoch {Epoch} of run {LeaderId}", run.Id, run.SweepId, epoch, leaderId);
    }

    private void Release(StateWrite unit, Run run)
    {
        (run.WaitsFor, run.WaitsForEpoch) = (null, null);
        unit.RunChanged(run.Id, run.SweepId);
        unit.AfterCommit(tickets.Wanted);
    }
}
