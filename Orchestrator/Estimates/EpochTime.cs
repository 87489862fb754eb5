namespace Experiments.Orchestrator.Estimates;

/// <summary>How long runs of one kind took.</summary>
public sealed record EpochTime
{
    public required string Model { get; init; }

    /// <summary>The side length of an image in pixels.</summary>
    public required int ImageSize { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>The kind of device: <c>cpu</c> or <c>cuda</c>; null if unknown.</summary>
    public string? Device { get; init; }

    /// <summary>The number of measured runs.</summary>
    public required int Runs { get; init; }

    /// <summary>The mean time of one epoch.</summary>
    public required double Seconds { get; init; }

    /// <summary>The mean time that completed runs spent outside of epochs (data, weights, final evaluation); 0 without completed runs.</summary>
    public required double StartSeconds { get; init; }
}
