using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts.Api;

/// <summary>Runs that have the same values of some hyperparameters, and a summary of their results.</summary>
public sealed record RunGroup
{
    /// <summary>The group's values of the hyperparameters that runs are grouped by.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>A filter that selects exactly these runs within the selection; null when no filter can express it.</summary>
    public string? Filter { get; init; }

    /// <summary>The number of the group's runs by status.</summary>
    public required RunCounts Counts { get; init; }

    /// <summary>The runs that have a value of the metric: mean and deviation are theirs.</summary>
    public required int Measured { get; init; }

    /// <summary>The mean of each run's best value.</summary>
    public double? Mean { get; init; }

    /// <summary>The standard deviation of the sample (n − 1); null for fewer than two values.</summary>
    public double? Deviation { get; init; }

    /// <summary>The best value of any run in the group; null until one has been measured.</summary>
    public double? Best { get; init; }

    /// <summary>The id of the run with that value; null until one has been measured.</summary>
    public string? BestRunId { get; init; }

    /// <summary>That run's cell.</summary>
    public int? BestCell { get; init; }

    /// <summary>Numbers the groups from 1 by the lowest cell of their runs, regardless of their order: charts derive the color from it.</summary>
    public int Number { get; init; }

    /// <summary>The requested metric, step by step; null when none was requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GroupPoint>? Curve { get; init; }
}

/// <summary>Groups of a sweep's runs.</summary>
/// <param name="Total">How many groups there are.</param>
/// <param name="Runs">How many runs they have together.</param>
public sealed record RunGroups(IReadOnlyList<string> By, string Metric, int Total, int Runs, IReadOnlyList<RunGroup> Items);

/// <summary>What the runs of a sweep can be filtered and grouped by, besides hyperparameters.</summary>
/// <param name="Metrics">Names of all metrics that at least one run has.</param>
/// <param name="Tags">The tags of its runs, sorted.</param>
public sealed record RunNames(IReadOnlyList<string> Metrics, IReadOnlyList<string> Tags)
{
    /// <summary>The workers that have or had the newest attempt of at least one run.</summary>
    public IReadOnlyList<string> Workers { get; init; } = [];
}
