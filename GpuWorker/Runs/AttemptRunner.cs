using System.Diagnostics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Training;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.GpuWorker.Runs;

/// <summary>Carries an attempt from its claim to the report of its end.</summary>
public sealed class AttemptRunner(
    AttemptSlot slot,
    ITrainer trainer,
    IArtifactStore artifacts,
    MetricSender metrics,
    RunEventSender events,
    WorkerIdentity identity,
    TimeProvider time,
    ILogger<AttemptRunner> logger)
{
    /// <summary>Starts the attempt. The task ends with it and never faults; null when the worker cannot take it.</summary>
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
        using IDisposable? scope = logger.BeginScope("sweep {SweepId} run {RunId} attempt {Attempt}", claim.SweepId, claim.RunId, claim.Attempt);
        using Activity? activity = StartActivity(claim);
        AttemptEnded? end;
        try
        {
            logger.LogInformation(
                "Attempt {Attempt} of run {RunId} begins: {Model} on {Dataset}, {Hyperparameters}",
                claim.Attempt, claim.RunId, claim.Hyperparameters.Model, claim.Dataset.Name, claim.Hyperparameters);

            end = await TryAsync(attempt);
        }
        finally
        {
            // Free before the end is reported, so that a report that waits for the broker keeps nobody from stopping us.
            slot.Leave(attempt);
        }

        if (end is not null)
        {
            activity?.SetTag("experiments.outcome", end.Outcome.ToString());
            Log(end);
            events.Enqueue(end);
        }
    }

    private async Task<AttemptEnded?> TryAsync(RunningAttempt attempt)
    {
        RunClaimed claim = attempt.Claim;
        try
        {
            string folder = artifacts.PrepareAttemptFolder(claim.RunId, claim.Attempt);
            TrainingOutcome outcome = await TrainAsync(attempt, Job(claim, folder));
            return outcome == TrainingOutcome.Completed
                ? End(claim, AttemptOutcome.Completed) with { Artifacts = ArtifactListing.Of(folder) }
                : End(claim, AttemptOutcome.HandedBack);
        }
        catch (OperationCanceledException) when (attempt.Cancel.IsCancellationRequested)
        {
            return attempt.Directive == AttemptDirective.Abandon ? null : End(claim, AttemptOutcome.Cancelled);
        }
        catch (TrainingException exception)
        {
            // The message says what happened; only where that was not foreseen does the place matter.
            bool foreseen = exception.Kind != FailureKind.Crash || exception.InnerException is IOException;
            logger.LogError(
                foreseen ? null : exception, "Attempt {Attempt} of run {RunId} failed ({Kind}): {Message}", claim.Attempt, claim.RunId, exception.Kind, exception.Message);
            logger.LogDebug(exception, "Attempt {Attempt} of run {RunId} failed at this place", claim.Attempt, claim.RunId);
            return Failed(claim, exception.Kind, exception.Message);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Attempt {Attempt} of run {RunId} crashed", claim.Attempt, claim.RunId);
            return Failed(claim, FailureKind.Crash, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private async Task<TrainingOutcome> TrainAsync(RunningAttempt attempt, TrainingJob job)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(attempt.Stop, attempt.Cancel);
        try
        {
            await trainer.PrepareAsync(job, interrupt.Token);
        }
        catch (OperationCanceledException) when (attempt.Stop.IsCancellationRequested && !attempt.Cancel.IsCancellationRequested)
        {
            // The trainer sees it too, after it has taken over the checkpoint that the next attempt will ask for.
        }

        // A thread of its own: training blocks it for hours.
        var listener = new AttemptListener(attempt.Claim, identity.Id, metrics, events, time);
        return await Task.Factory.StartNew(
            () => trainer.Train(job, listener, attempt.Stop, attempt.Cancel), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private TrainingJob Job(RunClaimed claim, string folder) => new()
    {
        Hyperparameters = claim.Hyperparameters,
        Dataset = claim.Dataset,
        Objective = claim.Objective,
        Epochs = claim.Epochs,
        Folder = folder,
        ResumeFolder = claim.ResumeFromAttempt is { } earlier ? artifacts.AttemptFolder(claim.RunId, earlier) : null,
    };

    private AttemptEnded Failed(RunClaimed claim, FailureKind kind, string message) =>
        End(claim, AttemptOutcome.Failed) with { Failure = new RunFailure(kind, message) };

    private AttemptEnded End(RunClaimed claim, AttemptOutcome outcome) => new()
    {
        SweepId = claim.SweepId,
        RunId = claim.RunId,
        Attempt = claim.Attempt,
        WorkerId = identity.Id,
        Outcome = outcome,
        Time = time.GetUtcNow(),
    };

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
