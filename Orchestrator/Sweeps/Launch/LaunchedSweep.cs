using Experiments.Contracts.Grids;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>The outcome of a launch.</summary>
/// <param name="IsNew">False when an unfinished sweep with the same content is continued.</param>
/// <param name="Warnings">Settings that are allowed but probably unintended.</param>
public sealed record LaunchedSweep(string Id, bool IsNew, IReadOnlyList<SweepWarning> Warnings);
