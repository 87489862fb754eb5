using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>Every optimizer. To add one: a file with its rule, a line here, and a value of the contracts' OptimizerKind.</summary>
internal static class OptimizerRegistry
{
    public static Registry<Func<Hyperparameters, IUpdateRule>> All { get; } = new("optimizer", new Dictionary<string, Func<Hyperparameters, IUpdateRule>>
    {
        ["sgd"] = h => new Sgd(h.Momentum, h.WeightDecay),
        ["adam"] = h => new Adam(h.WeightDecay, decoupled: false),
        ["adamw"] = h => new Adam(h.WeightDecay, decoupled: true),
        ["rmsprop"] = h => new RmsProp(h.Momentum, h.WeightDecay),
    });
}
