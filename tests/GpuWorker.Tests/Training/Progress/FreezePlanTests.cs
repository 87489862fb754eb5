using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Training.Progress;

namespace Experiments.GpuWorker.Tests.Training.Progress;

public class FreezePlanTests
{
    [Theory]
    [InlineData(0, UnfreezeKind.All, new[] { 3, 3, 3, 3, 3, 3 })]
    [InlineData(2, UnfreezeKind.All, new[] { 0, 0, 3, 3, 3, 3 })]
    [InlineData(0, UnfreezeKind.Gradual, new[] { 1, 2, 3, 3, 3, 3 })]
    [InlineData(2, UnfreezeKind.Gradual, new[] { 0, 0, 1, 2, 3, 3 })]
    public void ThawedBlocks_EveryEpoch_AsPlanned(int freezeEpochs, UnfreezeKind unfreeze, int[] expected)
    {
        Hyperparameters settings = Hyperparameters.Default with { FreezeEpochs = freezeEpochs, Unfreeze = unfreeze };

        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(epoch => FreezePlan.ThawedBlocks(settings, 3, epoch)));
    }
}
