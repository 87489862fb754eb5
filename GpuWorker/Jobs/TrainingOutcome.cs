namespace Experiments.GpuWorker.Jobs;

/// <summary>How a training ended that did not fail.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs are done, or early stopping ended the run.</summary>
    Completed,

    /// <summary>The claimed range of epochs is done, and the run has more of them.</summary>
    RangeEnded,

    /// <summary>Stopped on request; a checkpoint of the last finished iteration is stored, unless there was none yet.</summary>
    Stopped,
}
