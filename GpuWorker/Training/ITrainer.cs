using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training.Inputs;

namespace Experiments.GpuWorker.Training;

/// <summary>Everything that determines a stretch of training, and where its files go.</summary>
public sealed record TrainingJob
{
    public required Hyperparameters Hyperparameters { get; init; }

    public required DatasetSpec Dataset { get; init; }

    /// <summary>Decides which epoch's weights are the best.</summary>
    public required ObjectiveSpec Objective { get; init; }

    /// <summary>
    /// Trains until <see cref="EpochRange.Last"/> epochs are finished. Epochs after <see cref="EpochRange.First"/> that a checkpoint holds already
    /// are told again: nobody knows of them.
    /// </summary>
    public required EpochRange Epochs { get; init; }

    /// <summary>Into so many parts each batch is split, beyond gradient accumulation, so that less has to fit the memory at a time.</summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>What the files have to be that a path names; null to take them as they are.</summary>
    public ExpectedInputs? Inputs { get; init; }

    /// <summary>An existing, empty folder: checkpoint, best.safetensors, last.safetensors, config.json and environment.json are written here.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of an earlier attempt whose checkpoint to go on from; null to start afresh.</summary>
    public string? ResumeFolder { get; init; }
}

/// <summary>How a stretch of training ended, when it did not fail.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs are done, or early stopping found nothing more to gain.</summary>
    Completed,

    /// <summary>Asked to stop; a checkpoint of the last finished iteration is stored, unless there was none yet.</summary>
    Stopped,
}

/// <summary>What the trainer tells while it works. Calls come from the training thread, in order, and must return at once.</summary>
public interface ITrainingListener
{
    /// <param name="step">Finished epochs, or finished iterations for <c>batch/…</c>.</param>
    void OnMetric(string name, long step, double value);

    /// <summary>
    /// An epoch has been trained and measured, and its metrics have been told. It is not on the disk yet: <see cref="OnEpochFinished"/> follows once it is, unless the
    /// process dies before.
    /// </summary>
    void OnEpochTrained(EpochResult result);

    /// <summary>
    /// An epoch is finished and its checkpoint, or that of a later epoch, is stored: no file in the job's folder changes until this returns. The last epoch of a run carries the <c>test/…</c> metrics as well. An attempt that resumes
    /// tells the last finished epoch of its checkpoint once more, because the attempt before may have died before it could: take each epoch once.
    /// </summary>
    void OnEpochFinished(EpochResult result);
}

/// <param name="Epoch">Finished epochs.</param>
/// <param name="Iteration">Finished iterations since the run began.</param>
/// <param name="Metrics">All metrics of the epoch by name.</param>
public sealed record EpochResult(int Epoch, long Iteration, IReadOnlyDictionary<string, double> Metrics);

/// <summary>Trains on this process's device.</summary>
public interface ITrainer
{
    /// <summary>Fetches from elsewhere what the job needs, such as published weights, and does nothing when it is there. Comes before <see cref="Train"/>.</summary>
    /// <exception cref="TrainingException">It cannot be had, with the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set; going on later loses nothing.</exception>
    Task PrepareAsync(TrainingJob job, CancellationToken cancellationToken);

    /// <summary>Trains until the job's end, on the calling thread.</summary>
    /// <param name="stop">Asks for a checkpoint and an early end, seen after each iteration.</param>
    /// <param name="cancel">Asks for an end at the last finished epoch, seen after each iteration.</param>
    /// <exception cref="TrainingException">The training failed, with the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    TrainingOutcome Train(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel);
}

/// <summary>A failure of known kind, in words for the user.</summary>
public sealed class TrainingException(FailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureKind Kind { get; } = kind;
}
