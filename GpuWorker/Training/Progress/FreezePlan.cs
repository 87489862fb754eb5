using Experiments.Contracts.Sweeps;

namespace Experiments.GpuWorker.Training.Progress;

/// <summary>Which part of the backbone is trained when: a pure function of the hyperparameters and the epoch.</summary>
internal static class FreezePlan
{
    /// <summary>How many of the backbone's last blocks are trained in an epoch, beside the head.</summary>
    /// <param name="blocks">As many as the backbone has.</param>
    /// <param name="epoch">Finished epochs.</param>
    public static int ThawedBlocks(Hyperparameters settings, int blocks, int epoch) => settings switch
    {
        _ when epoch < settings.FreezeEpochs => 0,
        { Unfreeze: UnfreezeKind.Gradual } => Math.Min(blocks, epoch - settings.FreezeEpochs + 1),
        _ => blocks,
    };
}
