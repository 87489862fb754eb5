
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Reach;

/// <summary>Whether a run can end before its last epoch.</summary>
internal static class EarlyStoppingReach
{
    /// <summary>The number of epochs that early stopping watches: those after pruning, if the run prunes.</summary>
    public static int Epochs(Hyperparameters h) => h.Pruning > 0 ? h.PruningEpochs : h.Epochs;

    /// <summary>Also false if the patience ends with the last epoch or later.</summary>
    public static bool CanStop(Hyperparameters h) => h.EarlyStoppingPatience is { } patience && patience < Epochs(h);

    /// <summary>Why not.</summary>
    public static string WhyNot(Hyperparameters h) =>
        h.EarlyStoppingPatience is null ? "earlyStoppingPatience is not set" : "earlyStoppingPatience is too long to end a run";
}
