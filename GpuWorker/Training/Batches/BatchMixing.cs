using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>
/// Mixup (Zhang et al., 2018) and cutmix (Yun et al., 2019): each image of a batch gets a partner from the batch and a share of it, one share for
/// the whole batch, and the labels are mixed by the same share. Where a run has both, each batch gets one of them with equal chance.
/// </summary>
internal sealed class BatchMixing(Hyperparameters settings, int classes)
{
    /// <param name="batch">Its images may be overwritten.</param>
    /// <param name="iteration">Since the run began: what is drawn depends on it and the seed alone.</param>
    /// <returns>The batch itself where the run mixes nothing. Labels are those of whoever has the larger share.</returns>
    public TrainingBatch Mix(TrainingBatch batch, long iteration)
    {
        if (settings is { Mixup: 0, Cutmix: 0 })
        {
            return batch;
        }

        using DisposeScope scope = NewDisposeScope();
        CounterRandom random = CounterRandom.For(settings.Seed, RandomPurpose.Mixing, iteration);
        bool cut = settings.Cutmix > 0 && (settings.Mixup == 0 || random.NextUnit() < 0.5);
        double alpha = cut ? settings.Cutmix : settings.Mixup;
        double share = BetaDistribution.Draw(ref random, alpha, alpha);
        CutBox? box = cut ? CutBox.Draw(ref random, (int)batch.Images.shape[^1], share) : null;
        Tensor partners = tensor(random.Permutation((int)batch.Count).Select(place => (long)place).ToArray(), device: batch.Images.device);
        Tensor images = box is { } drawn ? Paste(batch.Images, partners, drawn) : Blend(batch.Images, partners, share);
        Targets targets = MixTargets(batch.Targets.Labels, partners, box?.KeptShare ?? share);
        return new TrainingBatch(
            images.MoveToOuterDisposeScope(),
            new Targets(targets.Labels.MoveToOuterDisposeScope(), targets.Shares!.MoveToOuterDisposeScope()));
    }

    private static Tensor Blend(Tensor images, Tensor partners, double share)
    {
        Tensor rest = tensor((float)(1 - share), device: images.device);
        Tensor others = images.index_select(0, partners);
        return images.lerp_(others, rest).alias();
    }

    private static Tensor Paste(Tensor images, Tensor partners, CutBox box)
    {
        if (box is { Width: > 0, Height: > 0 })
        {
            Tensor place = images.narrow(2, box.Top, box.Height).narrow(3, box.Left, box.Width);
            place.copy_(place.index_select(0, partners));
        }

        return images.alias();
    }

    private Targets MixTargets(Tensor labels, Tensor partners, double share)
    {
        Tensor rest = tensor((float)(1 - share), device: labels.device);
        Tensor others = labels.index_select(0, partners);
        Tensor shares = OneHot(labels).lerp_(OneHot(others), rest);
        return new Targets(share >= 0.5 ? labels.alias() : others, shares);
    }

    private Tensor OneHot(Tensor labels) => nn.functional.one_hot(labels, classes).to_type(ScalarType.Float32);
}
