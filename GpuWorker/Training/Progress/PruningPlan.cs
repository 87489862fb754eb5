using Experiments.Contracts.Sweeps;

namespace Experiments.GpuWorker.Training.Progress;

/// <summary>When a run's weights are pruned: a pure function of the hyperparameters.</summary>
internal static class PruningPlan
{
    /// <summary>After how many epochs; those that follow are fine-tuning. Null for never.</summary>
    public static int? PrunedAfter(Hyperparameters settings) => settings.Pruning > 0 ? settings.Epochs - settings.PruningEpochs : null;

    /// <param name="epoch">Finished epochs.</param>
    public static bool IsFineTuning(Hyperparameters settings, int epoch) => epoch >= PrunedAfter(settings);
}
