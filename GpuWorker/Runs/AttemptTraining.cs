using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.GpuWorker.Runs;

/// <summary>Trains an attempt: fetches the checkpoint to resume from, trains, and publishes its files.</summary>
public sealed class AttemptTraining(
    ITrainer trainer, IArtifactStore artifacts, MetricSender metrics, RunEventSender events, WorkerIdentity identity, DeviceUse device, TimeProvider time,
    ILogger<AttemptTraining> logger)
{
    /// <summary>Completes when the training has ended and its files have arrived. All its epochs are reported then, even if it failed.</summary>
    /// <returns>The outcome, and the artifacts of a completed run.</returns>
    /// <exception cref="TrainingException">The training failed.</exception>
    /// <exception cref="ArtifactRefusedException">The attempt's files are refused, or files that it needs are not available.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or stopped before there was a checkpoint.</exception>
    public async Task<(TrainingOutcome Outcome, IReadOnlyList<Artifact> Artifacts)> RunAsync(RunningAttempt attempt)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(attempt.Stop, attempt.Cancel);
        using IAttemptFiles files = await artifacts.OpenAttemptAsync(Opening(attempt.Claim), interrupt.Token);
        using var reporter = new EpochReporter(files, events, attempt);
        TrainingOutcome outcome;
        try
        {
            outcome = await TrainAsync(attempt, Job(attempt.Claim, files), reporter);
        }
        finally
        {
            await reporter.DrainAsync();
        }

        bool isCompleted = outcome == TrainingOutcome.Completed;
        using IPublication left = files.Capture(isCompleted ? AttemptFileNames.Results(files.Folder) : AttemptFileNames.ToGoOn(files.Folder));
        await left.PublishAsync(attempt.Cancel);
        return (outcome, isCompleted ? ArtifactListing.Of(files.Folder) : []);
    }

    private async Task<TrainingOutcome> TrainAsync(RunningAttempt attempt, TrainingJob job, EpochReporter reporter)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(attempt.Cancel, reporter.Broken);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(attempt.Stop, cancel.Token);
        try
        {
            await trainer.PrepareAsync(job, interrupt.Token);
        }
        catch (OperationCanceledException) when (attempt.Stop.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // The trainer checks it too, after it has taken over the checkpoint that the next attempt will need.
        }

        // Its own thread: training blocks it for hours.
        var listener = new AttemptListener(attempt.Claim, identity.Id, metrics, reporter, device, time, logger);

        // Earlier use does not belong to its first epoch.
        _ = device.Take();
        return await Task.Factory.StartNew(
            () => trainer.Train(job, listener, attempt.Stop, cancel.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private AttemptOpening Opening(RunClaimed claim) =>
        new(claim.RunId, claim.Attempt, identity.Id, claim.ResumeFromAttempt, AttemptFileNames.Needed);

    private static TrainingJob Job(RunClaimed claim, IAttemptFiles files) => new()
    {
        Hyperparameters = claim.Hyperparameters,
        Dataset = claim.Dataset,
        Objective = claim.Objective,
        Epochs = claim.Epochs,
        BatchParts = claim.BatchParts,
        Inputs = claim.Inputs is { } inputs ? new ExpectedInputs(claim.RunId, inputs) : null,
        Folder = files.Folder,
        ResumeFolder = files.ResumeFolder,
    };
}
