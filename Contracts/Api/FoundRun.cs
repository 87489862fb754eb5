using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>A search result: a run of any sweep.</summary>
public sealed record FoundRun(string Id, string SweepId, string SweepName, int Cell, string? Name, string Model, RunStatus Status);
