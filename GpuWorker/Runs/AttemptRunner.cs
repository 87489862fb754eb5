using System.Diagnostics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.RunLogs;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.GpuWorker.Runs;

/// <summary>Runs an attempt from its claim to the report of its end.</summary>
public sealed class AttemptRunner(
    AttemptSlot slot,
    AttemptTraining training,
    RunEventSender events,
    MetricSender metrics,
    RunLogQueue logs,
    WorkerIdentity identity,
    TimeProvider time,
    ILogger<AttemptRunner> logger)
{
    /// <summary>Starts the attempt. The task ends with it and never faults; null if the worker cannot take it.</summary>
    public Task? Start(RunClaimed claim)
    {
        var attempt = new RunningAttempt(claim);
        if (slot.TryEnter(attempt))
        {
            return RunAsync(attempt);
        }

        attempt.Dispose();
        return null;
    }

    private async Task RunAsync(RunningAttempt running)
    {
        using RunningAttempt attempt = running;
        RunClaimed claim = attempt.Claim;
        var log = new AttemptLog(claim);
        using IDisposable? scope = logger.BeginScope(log);
        using Activity? activity = StartActivity(claim);
        try
        {
            LogBegin(claim);
            if (await TryAsync(attempt) is { } came)
            {
                AttemptEnded end = Sendable(came);
                TellDropped(claim);
                activity?.SetTag("experiments.outcome", end.Outcome.ToString());
                Log(end);
                await logs.EndAsync(log, time);
                Task reported = events.Enqueue(end);

                // A report that waits for the broker must not block a stop.
                attempt.Finish();
                await reported;
            }
        }
        finally
        {
            // Released after its files have arrived and the broker has confirmed its end, so that its lease is renewed until then.
            slot.Leave(attempt);
        }
    }

    private async Task<AttemptEnded?> TryAsync(RunningAttempt attempt)
    {
        RunClaimed claim = attempt.Claim;
        try
        {
            (TrainingOutcome outcome, IReadOnlyList<Artifact> left) = await training.RunAsync(attempt);
            return outcome == TrainingOutcome.Completed
                ? End(attempt, AttemptOutcome.Completed) with { Artifacts = left }
                : End(attempt, AttemptOutcome.HandedBack);
        }
        catch (OperationCanceledException) when (attempt.Cancel.IsCancellationRequested)
        {
            return attempt.Directive == AttemptDirective.Abandon ? null : End(attempt, AttemptOutcome.Cancelled);
        }
        catch (OperationCanceledException) when (attempt.Stop.IsCancellationRequested)
        {
            // Stopped before it added anything to the checkpoint that it resumed from.
            return End(attempt, AttemptOutcome.HandedBack);
        }
        catch (ArtifactRefusedException exception) when (exception.LeaseLost)
        {
            logger.LogWarning("Attempt {Attempt} of run {RunId} ends without a report: {Reason}", claim.Attempt, claim.RunId, exception.Message);
            return null;
        }
        catch (TrainingException exception)
        {
            // The message says what happened; the stack trace only matters for unexpected failures.
            bool foreseen = exception.Kind != FailureKind.Crash || exception.InnerException is IOException;
            logger.LogError(
                foreseen ? null : exception, "Attempt {Attempt} of run {RunId} failed ({Kind}): {Message}", claim.Attempt, claim.RunId, exception.Kind, exception.Message);
            logger.LogDebug(exception, "Attempt {Attempt} of run {RunId} failed here", claim.Attempt, claim.RunId);
            return Failed(attempt, exception.Kind, exception.Message);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Attempt {Attempt} of run {RunId} crashed", claim.Attempt, claim.RunId);
            return Failed(attempt, FailureKind.Crash, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private AttemptEnded Sendable(AttemptEnded end)
    {
        AttemptEnded sendable = SendableReports.Of(end);
        if (!ReferenceEquals(sendable, end))
        {
            logger.LogError(
                "The end of attempt {Attempt} of run {RunId} cannot be reported as it is; {Outcome} is reported, with {Epochs} of {All} epochs: {Failure}",
                end.Attempt, end.RunId, sendable.Outcome, sendable.Epochs.Count, end.Epochs.Count, sendable.Failure?.Message ?? "it is too large");
        }

        return sendable;
    }

    private void TellDropped(RunClaimed claim)
    {
        if (metrics.TakeDropped(claim) is > 0 and var dropped)
        {
            logger.LogWarning(
                "{Dropped} points of curves of this attempt were dropped: live curves and curves within epochs have gaps; the metrics of epochs are complete", dropped);
        }
    }

    private AttemptEnded Failed(RunningAttempt attempt, FailureKind kind, string message) =>
        End(attempt, AttemptOutcome.Failed) with { Failure = new RunFailure(kind, message) };

    private AttemptEnded End(RunningAttempt attempt, AttemptOutcome outcome) => new()
    {
        SweepId = attempt.Claim.SweepId,
        RunId = attempt.Claim.RunId,
        Attempt = attempt.Claim.Attempt,
        WorkerId = identity.Id,
        Outcome = outcome,
        Epochs = attempt.Reported,
        Time = time.GetUtcNow(),
    };

    private void LogBegin(RunClaimed claim)
    {
        logger.LogInformation(
            "Attempt {Attempt} of run {RunId} begins on {WorkerId}: {Model} on {Dataset}, epochs {First} to {Last}",
            claim.Attempt, claim.RunId, identity.Id, claim.Hyperparameters.Model, claim.Dataset.Name, claim.Epochs.First + 1, claim.Epochs.Last);
        if (claim.ResumeFromAttempt is { } earlier)
        {
            if (earlier == RunClaimed.StageCheckpoint)
            {
                logger.LogInformation("Its first epochs were trained by a run that shares them: it continues from their checkpoint");
            }
            else
            {
                logger.LogInformation("It resumes from the checkpoint of attempt {Earlier}", earlier);
            }
        }

        if (claim.BatchParts > 1)
        {
            logger.LogInformation("Each batch is computed in {BatchParts} parts: an earlier attempt ran out of memory", claim.BatchParts);
        }

        logger.LogDebug("Attempt {Attempt} of run {RunId} has {Hyperparameters}", claim.Attempt, claim.RunId, claim.Hyperparameters);
    }

    private void Log(AttemptEnded end) => logger.LogInformation(
        "Attempt {Attempt} of run {RunId} of sweep {SweepId} ended: {Outcome}", end.Attempt, end.RunId, end.SweepId, end.Outcome);

    private Activity? StartActivity(RunClaimed claim)
    {
        ActivityContext.TryParse(claim.TraceParent, null, isRemote: true, out ActivityContext parent);
        Activity? activity = ExperimentsTelemetry.GpuWorker.StartActivity("attempt", ActivityKind.Internal, parent);
        activity?.SetTag("experiments.sweep", claim.SweepId);
        activity?.SetTag("experiments.run", claim.RunId);
        activity?.SetTag("experiments.attempt", claim.Attempt);
        activity?.SetTag("experiments.worker", identity.Id);
        return activity;
    }
}
