using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Which runs of all sweeps are searched for.</summary>
internal sealed class RunSearchParameters : QueryParameters
{
    /// <summary>Words that all occur in the run's number (`#12`), name, tags, model, notes, id or the name of its sweep, ignoring case.</summary>
    /// <example>"resnet18 baseline"</example>
    public string? Q { get; init; }

    /// <summary>How many runs are answered at most.</summary>
    [Range(1, 100)]
    public int Take { get; init; } = 20;
}
