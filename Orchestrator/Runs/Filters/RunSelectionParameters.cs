using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Which runs of a sweep a request selects.</summary>
internal class RunSelectionParameters : QueryParameters
{
    /// <summary>Only runs with this status.</summary>
    /// <example>"completed"</example>
    public RunStatus? Status { get; init; }

    /// <summary>Only runs that meet this condition: words to search for, and comparisons; docs/api.md describes them.</summary>
    /// <example>"model in (resnet18, resnet34) and status != failed"</example>
    public string? Filter { get; init; }

    /// <summary>Only these runs: 1 to 1,000 ids.</summary>
    public TextList Ids { get; init; } = TextList.None;
}

/// <summary>Which runs of a sweep a request selects, and in what order.</summary>
internal class SortedRunsParameters : RunSelectionParameters
{
    /// <summary>
    /// What runs are sorted by: a hyperparameter, a metric, or another column such as `cell`, `status` or `duration`; with `-` in front descending.
    /// Runs without a value come last. `cell` by default.
    /// </summary>
    /// <example>"-validation/accuracy"</example>
    public string? Sort { get; init; }
}
