using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Jobs;

/// <summary>What a run has to be trained on to be what its key says.</summary>
public sealed record ExpectedInputs(string RunId, RunInputs Inputs);
