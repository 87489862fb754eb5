using Experiments.Contracts.Grids;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>The outcome of a launch.</summary>
/// <param name="IsNew">False where an unfinished sweep of the same content is continued.</param>
/// <param name="Warnings">What of it is allowed, but probably not meant.</param>
public sealed record LaunchedSweep(string Id, bool IsNew, IReadOnlyList<SweepWarning> Warnings);
