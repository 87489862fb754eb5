namespace Experiments.GpuWorker.Jobs;

/// <summary>How a training ended that did not fail.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs are done, or early stopping ended the run.</summary>
    Completed,

    /// <summary>Stopped on request; a checkpoint of the last finished iteration is stored, unless there was none yet.</summary>
    Stopped,
}
