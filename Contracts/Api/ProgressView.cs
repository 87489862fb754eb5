using Experiments.Contracts.Metrics;

namespace Experiments.Contracts.Api;

/// <summary>The best value of a sweep's objective so far, over time and over finished epochs.</summary>
public sealed record ProgressView
{
    /// <summary>The sweep's objective.</summary>
    public required string Metric { get; init; }

    /// <summary>The direction of the objective.</summary>
    public required Goal Goal { get; init; }

    /// <summary>When the sweep was launched (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last epoch was finished (UTC); null before the first.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The number of epochs that its runs have trained. Results that were taken over, and epochs that another run trained for them, cost none.</summary>
    public required long Epochs { get; init; }

    /// <summary>The number of epochs that its runs continue from without training them, because another run trained them.</summary>
    public long SharedEpochs { get; init; }

    /// <summary>The number of epochs that its runs have if each is trained to its last one, without results that were taken over and runs to be proposed.</summary>
    public required long AllEpochs { get; init; }

    /// <summary>Each value that was better than all before it, in order. Of very many, some are left out, but never the last.</summary>
    public required IReadOnlyList<ProgressPoint> Points { get; init; }
}

/// <summary>A value that was better than all before it.</summary>
/// <param name="Time">When it was measured (UTC).</param>
/// <param name="Epochs">The number of epochs that all runs together had trained then.</param>
/// <param name="Value">The value.</param>
/// <param name="RunId">The run that reached it.</param>
/// <param name="Cell">Its number.</param>
public sealed record ProgressPoint(DateTimeOffset Time, long Epochs, double Value, string RunId, int Cell);
