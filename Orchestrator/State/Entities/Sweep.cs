using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>A sweep as stored.</summary>
public sealed class Sweep
{
    public required string Id { get; init; }

    /// <summary>Initially the name in <see cref="Spec"/>.</summary>
    public required string Name { get; set; }

    public SweepStatus Status { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The sweep file as JSON; grows when the sweep is extended.</summary>
    public required string Spec { get; set; }

    public required int Priority { get; init; }

    /// <summary>How often each run may crash or be lost.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>The maximum number of its runs that train at the same time; null for no limit.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Whether its runs take over the results of equal runs, and wait for equal runs that are being trained.</summary>
    public bool Reuse { get; init; } = true;

    public required string ObjectiveMetric { get; init; }

    public required Goal ObjectiveGoal { get; init; }

    /// <summary>Initially the tags in <see cref="Spec"/>.</summary>
    public required List<string> Tags { get; set; }

    public string Notes { get; set; } = "";

    /// <summary>When it was archived; null if it is not.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>The state of the search method, see <see cref="Search.SearchState"/>.</summary>
    public required string SearchState { get; set; }

    /// <summary>The stopping rule, a <see cref="Search.Stopping.StoppingSettings"/> as JSON; null to train every run to its last epoch.</summary>
    public string? StoppingRule { get; set; }

    /// <summary>The request that launched it (W3C traceparent), which the traces of its runs link to.</summary>
    public string? LaunchTrace { get; init; }

    public ObjectiveSpec Objective => new(ObjectiveMetric, ObjectiveGoal);
}
