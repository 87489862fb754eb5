using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;

namespace Experiments.Contracts.Grids;

/// <summary>
/// What the state of a run after its first epochs depends on, besides its data: two runs whose prefixes of the same number of epochs are equal have the
/// same state after them, bit for bit on the same kind of CPU.
/// </summary>
/// <param name="Settled">The configuration as if training ended there, without what has no effect until then.</param>
/// <param name="ScheduledEpochs">The epochs of the whole run, where the learning rate depends on them from the first; otherwise null.</param>
public sealed record TrainingPrefix(Hyperparameters Settled, int? ScheduledEpochs)
{
    /// <param name="epochs">From 1, below the run's <see cref="Hyperparameters.Epochs"/>: what happens after the last epoch is not part of a prefix.</param>
    public static TrainingPrefix Of(Hyperparameters h, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(epochs, h.Epochs);
        Hyperparameters until = BeforePruning(h, epochs) with { Epochs = epochs, Quantization = Hyperparameters.Default.Quantization };
        return new TrainingPrefix(HyperparameterEffects.Settle(until), h.Scheduler is SchedulerKind.Cosine or SchedulerKind.OneCycle ? h.Epochs : null);
    }

    /// <summary>The number of epochs from the first on that two runs on the same data train alike; at most one less than either has.</summary>
    public static int SharedEpochs(Hyperparameters a, Hyperparameters b)
    {
        int shared = 0;
        int different = Math.Min(a.Epochs, b.Epochs);
        while (different - shared > 1)
        {
            int middle = shared + ((different - shared) / 2);
            (shared, different) = Of(a, middle) == Of(b, middle) ? (middle, different) : (shared, middle);
        }

        return shared;
    }

    /// <summary>Until a run prunes, pruning has no effect, and early stopping neither: it only watches the epochs after pruning.</summary>
    private static Hyperparameters BeforePruning(Hyperparameters h, int epochs)
    {
        if (h.Pruning == 0)
        {
            return h;
        }

        int pruned = h.Epochs - h.PruningEpochs;
        return epochs < pruned
            ? h with { Pruning = 0, EarlyStoppingPatience = null }
            : h with { PruningEpochs = epochs - pruned };
    }
}
