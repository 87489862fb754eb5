using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>Many runs, column by column: the n-th value of every list belongs to the n-th run. In the order of their cells.</summary>
public sealed record RunColumns
{
    /// <summary>The runs' ids.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>The runs' cell numbers, from 1.</summary>
    public required IReadOnlyList<int> Cells { get; init; }

    /// <summary>The runs' statuses at the time of the request.</summary>
    public required IReadOnlyList<RunStatus> Statuses { get; init; }

    /// <summary>The columns asked for, by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<ColumnValue>> Columns { get; init; }
}

/// <summary>How much each hyperparameter matters for a metric, estimated from the runs.</summary>
public sealed record ImportanceView
{
    /// <summary>The metric's name; the shares explain the variation of each run's best value of it.</summary>
    public required string Metric { get; init; }

    /// <summary>How many runs the estimate is based on.</summary>
    public required int Runs { get; init; }

    /// <summary>With fewer runs there is no estimate.</summary>
    public required int RunsNeeded { get; init; }

    /// <summary>
    /// The share of the variation that the model behind it predicts for runs that it has not seen (R², 0 to 1): near 0, the other values mean little.
    /// Null when there is no estimate.
    /// </summary>
    public double? Explained { get; init; }

    /// <summary>The most important first; empty when there is no estimate.</summary>
    public required IReadOnlyList<HyperparameterImportance> Hyperparameters { get; init; }

    /// <summary>The share of the variation that only combinations of hyperparameters explain, 0 to 1; null when there is no estimate.</summary>
    public double? Interactions { get; init; }
}

/// <summary>The importance of one hyperparameter.</summary>
/// <param name="Share">The share of the metric's variation over all combinations that it explains alone, 0 to 1.</param>
/// <param name="Deviation">How far the share differs between the trees of the forest (standard deviation).</param>
public sealed record HyperparameterImportance(string Name, double Share, double Deviation);
