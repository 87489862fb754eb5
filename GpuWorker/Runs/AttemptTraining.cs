using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.GpuWorker.Runs;

/// <summary>Trains an attempt: brings what it goes on from, trains, and sees to it that what it leaves is where others find it.</summary>
public sealed class AttemptTraining(
    ITrainer trainer, IArtifactStore artifacts, MetricSender metrics, RunEventSender events, WorkerIdentity identity, DeviceUse device, TimeProvider time,
    ILogger<AttemptTraining> logger)
{
    /// <summary>Ends when the training has ended and its files have arrived. All its epochs are reported then, also when it failed.</summary>
    /// <returns>How it ended, and what a completed run leaves behind.</returns>
    /// <exception cref="TrainingException">The training failed.</exception>
    /// <exception cref="ArtifactRefusedException">The attempt's files are not taken, or those it needs not given.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or stopped before there was anything to hand back.</exception>
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
            // The trainer sees it too, after it has taken over the checkpoint that the next attempt will ask for.
        }

        // A thread of its own: training blocks it for hours.
        var listener = new AttemptListener(attempt.Claim, identity.Id, metrics, reporter, device, time, logger);

        // What was used before is not of its first epoch.
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
