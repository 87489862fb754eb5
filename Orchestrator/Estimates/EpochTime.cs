namespace Experiments.Orchestrator.Estimates;

/// <summary>How long some kind of run took.</summary>
public sealed record EpochTime
{
    public required string Model { get; init; }

    /// <summary>The side of an image in pixels.</summary>
    public required int ImageSize { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>The kind of device: <c>cpu</c> or <c>cuda</c>; null where that is not known.</summary>
    public string? Device { get; init; }

    /// <summary>How many runs were measured.</summary>
    public required int Runs { get; init; }

    /// <summary>Of one epoch, the mean over the runs.</summary>
    public required double Seconds { get; init; }

    /// <summary>What a run takes beside its epochs (data, weights, the evaluation at the end), the mean over those that have completed; 0 where none has.</summary>
    public required double StartSeconds { get; init; }
}
