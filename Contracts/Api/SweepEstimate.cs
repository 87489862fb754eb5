namespace Experiments.Contracts.Api;

/// <summary>How long the runs of a sweep that have to be trained would take, from runs that were measured.</summary>
public sealed record SweepEstimate
{
    /// <summary>Seconds until the last run has ended, on <see cref="Workers"/> workers that do nothing else; null when that cannot be told.</summary>
    public double? Seconds { get; init; }

    /// <summary>Why <see cref="Seconds"/> is null.</summary>
    public string? Reason { get; init; }

    /// <summary>Seconds of training of all runs together, however many workers there are.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Workers that take runs now, at most as many as the sweep may have at a time.</summary>
    public required int Workers { get; init; }

    /// <summary>Runs for which nothing similar was measured: no time counts them.</summary>
    public required int UnknownRuns { get; init; }

    /// <summary>What the times rest on.</summary>
    public required IReadOnlyList<EstimateBasis> Bases { get; init; }
}

/// <summary>What the estimate of some runs rests on.</summary>
/// <param name="Match">How similar the measured runs are.</param>
/// <param name="Runs">Runs of the sweep that are estimated so.</param>
/// <param name="MeasuredRuns">Earlier runs of the same model on the same data set that were measured.</param>
/// <param name="EpochSeconds">The mean that is taken for one epoch.</param>
public sealed record EstimateBasis(string Model, EstimateMatch Match, int Runs, int MeasuredRuns, double EpochSeconds);

/// <summary>How similar measured runs are to the ones they tell about; model and data set are always the same.</summary>
public enum EstimateMatch
{
    /// <summary>Image size and batch size are the same.</summary>
    Same,

    /// <summary>The image size is the same; the time of the nearest batch size is taken.</summary>
    OtherBatchSize,

    /// <summary>The time of the nearest image size is taken, scaled by the number of pixels.</summary>
    OtherImageSize,

    /// <summary>Measured on another kind of device (CPU, GPU) than the workers have that take runs now, whatever the sizes.</summary>
    OtherDevice,
}
