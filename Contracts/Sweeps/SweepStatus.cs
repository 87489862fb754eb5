namespace Experiments.Contracts.Sweeps;

/// <summary>The status of a sweep.</summary>
public enum SweepStatus
{
    /// <summary>Some runs have not ended.</summary>
    Running,

    /// <summary>Some runs have not ended, and no worker gets any until the sweep is resumed.</summary>
    Paused,

    /// <summary>Every run completed.</summary>
    Completed,

    /// <summary>Every run ended, and at least one failed.</summary>
    Failed,

    /// <summary>Cancelled by a user.</summary>
    Cancelled,
}
