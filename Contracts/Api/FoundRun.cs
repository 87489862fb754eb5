using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>A run that was searched for among those of all sweeps.</summary>
public sealed record FoundRun(string Id, string SweepId, string SweepName, int Cell, string? Name, string Model, RunStatus Status);
