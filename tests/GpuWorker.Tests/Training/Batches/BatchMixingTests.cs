using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Training.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Batches;

public sealed class BatchMixingTests : IDisposable
{
    private const int Classes = 6;
    private const int Side = 16;

    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void Mix_Neither_LeavesTheBatchAlone()
    {
        TrainingBatch batch = NewBatch();

        Assert.Same(batch, new BatchMixing(Hyperparameters.Default, Classes).Mix(batch, 0));
    }

    /// <summary>Each image has one brightness, its label: the mean of a mixed image then equals the mixed label.</summary>
    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(0, 1.0)]
    [InlineData(0.2, 1.0)]
    public void Mix_AnyIteration_MixesImagesAndLabelsByTheSameShare(double mixup, double cutmix)
    {
        for (int iteration = 0; iteration < 50; iteration++)
        {
            TrainingBatch mixed = Mix(mixup, cutmix, iteration);

            Tensor shares = mixed.Targets.Shares!;
            Tensor expected = (shares * arange(Classes, ScalarType.Float32)).sum(1);
            Assert.True(mixed.Images.mean([1, 2, 3]).allclose(expected, atol: 1e-4));
            Assert.True(shares.sum(1).allclose(ones(Classes)));
            Assert.True(shares.gather(1, mixed.Targets.Labels.unsqueeze(1)).min().item<float>() >= 0.5 - 1e-6);
        }
    }

    [Fact]
    public void Mix_Both_ChoosesOneOfThemForEachBatch()
    {
        bool[] blended = [.. Enumerable.Range(0, 60).Select(iteration => IsBlended(Mix(1, 1, iteration)))];

        Assert.InRange(blended.Count(value => value), 15, 45);
    }

    [Fact]
    public void Mix_SameIteration_GivesTheSame()
    {
        Assert.True(Mix(1, 1, 3).Images.equal(Mix(1, 1, 3).Images).all().item<bool>());
        Assert.False(Mix(1, 1, 3).Images.equal(Mix(1, 1, 4).Images).all().item<bool>());
    }

    public void Dispose() => _scope.Dispose();

    /// <summary>Pasting keeps integers, blending does not.</summary>
    private static bool IsBlended(TrainingBatch batch) => !batch.Images.round().allclose(batch.Images);

    private static TrainingBatch Mix(double mixup, double cutmix, int iteration) =>
        new BatchMixing(Hyperparameters.Default with { Mixup = mixup, Cutmix = cutmix }, Classes).Mix(NewBatch(), iteration);

    private static TrainingBatch NewBatch() => new(
        arange(Classes, ScalarType.Float32).view(Classes, 1, 1, 1).expand(Classes, 3, Side, Side).contiguous(),
        new Targets(arange(Classes, ScalarType.Int64)));
}
