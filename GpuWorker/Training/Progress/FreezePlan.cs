
using Experiments.Contracts.Configuration;

namespace Experiments.GpuWorker.Training.Progress;

/// <summary>Which part of the backbone is trained in which epoch: a pure function of the hyperparameters and the epoch.</summary>
internal static class FreezePlan
{
    /// <summary>How many of the backbone's last blocks are trained in an epoch, in addition to the head.</summary>
    /// <param name="blocks">The number of blocks of the backbone.</param>
    /// <param name="epoch">Finished epochs.</param>
    public static int ThawedBlocks(Hyperparameters settings, int blocks, int epoch) => settings switch
    {
        _ when epoch < settings.FreezeEpochs => 0,
        { Unfreeze: UnfreezeKind.Gradual } => Math.Min(blocks, epoch - settings.FreezeEpochs + 1),
        _ => blocks,
    };
}
