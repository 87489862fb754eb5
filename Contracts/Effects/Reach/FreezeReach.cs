
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Reach;

/// <summary>Whether and when the backbone is frozen.</summary>
internal static class FreezeReach
{
    /// <summary>True where some layers are frozen in some epoch.</summary>
    public static bool Freezes(Hyperparameters h) => h.FreezeEpochs > 0 || h.Unfreeze == UnfreezeKind.Gradual;

    /// <summary>True where the backbone is frozen in every epoch.</summary>
    public static bool IsNeverThawed(Hyperparameters h) => h.FreezeEpochs >= h.Epochs;

    /// <summary>For display.</summary>
    public static string NeverThawed(Hyperparameters h) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"freezeEpochs {h.FreezeEpochs} freezes the backbone in all {h.Epochs} epochs");
}
