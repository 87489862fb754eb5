using Experiments.Contracts.Metrics;

namespace Experiments.Contracts.Api;

/// <summary>The values of a sweep's runs at the rungs of its stopping rule.</summary>
public sealed record SearchRungs
{
    /// <summary>The sweep's objective.</summary>
    public required string Metric { get; init; }

    /// <summary>The direction of the objective.</summary>
    public required Goal Goal { get; init; }

    /// <summary>In rising order; empty without a stopping rule, and at most 16: some of a rule that decides after every epoch.</summary>
    public required IReadOnlyList<RungPoints> Rungs { get; init; }
}

/// <summary>Runs at a rung, column by column, the best value first. Of many runs, some of each rank.</summary>
public sealed record RungPoints
{
    /// <summary>The number of finished epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of runs that have reached it.</summary>
    public required int Reached { get; init; }

    /// <summary>The ids of the runs.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Their numbers.</summary>
    public required IReadOnlyList<int> Cells { get; init; }

    /// <summary>The values by which the rule ranks them; null where the value is not finite.</summary>
    public required IReadOnlyList<double?> Values { get; init; }

    /// <summary>Whether each continued.</summary>
    public required IReadOnlyList<RungFate> Fates { get; init; }
}

/// <summary>Whether a run continued at a rung.</summary>
public enum RungFate
{
    /// <summary>It was trained further, or will be.</summary>
    Continued,

    /// <summary>It is paused there.</summary>
    Paused,

    /// <summary>It is stopped there.</summary>
    Stopped,

    /// <summary>It failed or was cancelled there.</summary>
    Ended,
}
