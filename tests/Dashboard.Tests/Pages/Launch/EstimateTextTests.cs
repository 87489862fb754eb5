using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class EstimateTextTests
{
    private static readonly SweepEstimate Known = new()
    {
        Seconds = 840,
        TrainingSeconds = 1680,
        Workers = 2,
        UnknownRuns = 0,
        Bases = [new EstimateBasis("vgg16", EstimateMatch.Same, 9, 12, 2)],
    };

    [Theory]
    [InlineData(3, "about 10 s")]
    [InlineData(42, "about 40 s")]
    [InlineData(58, "about 1 min")]
    [InlineData(3570, "about 1 h")]
    [InlineData(840, "about 14 min")]
    [InlineData(11_350, "about 3 h 10 min")]
    [InlineData(86_000, "about 23 h 50 min")]
    [InlineData(276_000, "about 3 d 4 h")]
    [InlineData(1e300, "about 36500 d 0 h")]
    public void Value_AnyTime_HasNoMoreDigitsThanItDeserves(double seconds, string expected) =>
        Assert.Equal(expected, EstimateText.Value(Known with { Seconds = seconds }));

    [Fact]
    public void Text_SomeRunsUnknown_IsALowerBoundThatSaysOfWhat()
    {
        SweepEstimate estimate = Known with { UnknownRuns = 1 };

        Assert.Equal("at least 14 min", EstimateText.Value(estimate));
        Assert.Equal("On 2 workers, without 1 run whose model was not measured on this data set yet.", EstimateText.Note(estimate));
    }

    [Fact]
    public void Text_NothingMeasured_IsTheReason()
    {
        SweepEstimate estimate = new() { Reason = "no run of x on digits has been measured yet", TrainingSeconds = 0, Workers = 1, UnknownRuns = 3, Bases = [] };

        Assert.Equal(("–", "No run of x on digits has been measured yet."), (EstimateText.Value(estimate), EstimateText.Note(estimate)));
    }

    [Fact]
    public void Text_NoWorker_TellsTheTraining()
    {
        SweepEstimate estimate = Known with { Seconds = null, Reason = "no worker is there that takes runs", Workers = 0 };

        Assert.Equal(("–", "28 min of training; no worker is there that takes runs."), (EstimateText.Value(estimate), EstimateText.Note(estimate)));
    }

    [Fact]
    public void Text_AllReused_IsNoTime()
    {
        SweepEstimate estimate = Known with { Seconds = 0, Bases = [] };

        Assert.Equal(("none", null), (EstimateText.Value(estimate), EstimateText.Note(estimate)));
    }

    [Fact]
    public void Text_OtherSizes_AreSimilarOnly() => Assert.Equal(
        "On 1 worker, from 1 run of a similar kind.",
        EstimateText.Note(Known with { Workers = 1, Bases = [new EstimateBasis("vgg16", EstimateMatch.OtherBatchSize, 9, 1, 2)] }));
}
