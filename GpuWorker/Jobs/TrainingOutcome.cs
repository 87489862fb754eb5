namespace Experiments.GpuWorker.Jobs;

/// <summary>How a stretch of training ended, when it did not fail.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs are done, or early stopping found nothing more to gain.</summary>
    Completed,

    /// <summary>Asked to stop; a checkpoint of the last finished iteration is stored, unless there was none yet.</summary>
    Stopped,
}
