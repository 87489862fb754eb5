namespace Experiments.Contracts.Api;

/// <summary>The estimated training time of a sweep's runs, without those that reuse a result; based on earlier runs.</summary>
public sealed record SweepEstimate
{
    /// <summary>Seconds until the last run has ended, on <see cref="Workers"/> workers that do nothing else; null when it cannot be estimated.</summary>
    public double? Seconds { get; init; }

    /// <summary>Why <see cref="Seconds"/> is null.</summary>
    public string? Reason { get; init; }

    /// <summary>Total seconds of training of all runs, independent of the number of workers.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Workers that accept runs now, at most the sweep's <c>maxConcurrency</c>.</summary>
    public required int Workers { get; init; }

    /// <summary>Runs without similar measured runs; the times do not include them.</summary>
    public required int UnknownRuns { get; init; }

    /// <summary>The measurements that the times are based on.</summary>
    public required IReadOnlyList<EstimateBasis> Bases { get; init; }
}

/// <summary>The measurements that the estimate of some runs is based on.</summary>
/// <param name="Match">How similar the measured runs are.</param>
/// <param name="Runs">The number of the sweep's runs with this estimate.</param>
/// <param name="MeasuredRuns">Earlier runs of the same model on the same data set that were measured.</param>
/// <param name="EpochSeconds">The mean seconds per epoch that the estimate uses.</param>
public sealed record EstimateBasis(string Model, EstimateMatch Match, int Runs, int MeasuredRuns, double EpochSeconds);

/// <summary>How similar measured runs are to the estimated ones; model and data set are always the same.</summary>
public enum EstimateMatch
{
    /// <summary>Image size and batch size are the same.</summary>
    Same,

    /// <summary>The image size is the same; the time of the nearest batch size is used.</summary>
    OtherBatchSize,

    /// <summary>The time of the nearest image size is used, scaled by the number of pixels.</summary>
    OtherImageSize,

    /// <summary>Measured on another kind of device (CPU, GPU) than that of the workers that accept runs now, regardless of the sizes.</summary>
    OtherDevice,
}
