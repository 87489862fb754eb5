using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class StoppingTextTests
{
    [Theory]
    [InlineData(StoppingKind.Asha, 1, 3, 27, "Rungs after epochs 1, 3 and 9 of 27.")]
    [InlineData(StoppingKind.Hyperband, 9, 3, 27, "A rung after epoch 9 of 27.")]
    [InlineData(StoppingKind.Asha, 5, 3, 5, "No rung before the last of 5 epochs: no run is paused.")]
    [InlineData(StoppingKind.Asha, 0, 3, 27, "")]
    [InlineData(StoppingKind.Asha, 1, 1, 27, "")]
    [InlineData(StoppingKind.Median, 1, 3, 27, "")]
    public void Rungs_OfARule_AreNamed(StoppingKind rule, int minEpochs, int factor, int epochs, string expected) =>
        Assert.Equal(expected, StoppingText.Rungs(new StoppingSpec(rule, minEpochs, factor), epochs));

    [Fact]
    public void Of_EveryRule_IsASentenceOfItsOwn() =>
        Assert.Equal(Enum.GetValues<StoppingKind>().Length, Enum.GetValues<StoppingKind>().Select(StoppingText.Of).Distinct().Count());
}
