using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Jobs;

/// <summary>The inputs that a run's key refers to.</summary>
public sealed record ExpectedInputs(string RunId, RunInputs Inputs);
