using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Timeline;
using static Experiments.Dashboard.Tests.Pages.Timeline.TimelineSamples;

namespace Experiments.Dashboard.Tests.Pages.Timeline;

public sealed class TimelineBarsTests
{
    [Fact]
    public void Of_AttemptThatRuns_ReachesToNow()
    {
        IReadOnlyList<TimelineBar> bars = TimelineBars.Of(Mixed, TimelineBars.WholeOf(Mixed, At(200))!, At(200));

        Assert.Equal(4, bars.Count);
        Assert.Equal(new TimelineBar(1, At(60), At(200), null, 2, 1), bars[2]);
        Assert.Equal(new TimeWindow(At(0), At(200)), TimelineBars.WholeOf(Mixed, At(200)));
    }

    [Fact]
    public void Of_ThousandsOfShortAttempts_AreDrawnTogetherButFailuresApart()
    {
        SweepAttempts attempts = Of([.. Enumerable.Range(0, 10_000).Select(i => (i % 2, i * 1.0, (double?)(i + 0.9), (AttemptOutcome?)(i == 5_000 ? AttemptOutcome.Lost : AttemptOutcome.Completed)))]);

        IReadOnlyList<TimelineBar> bars = TimelineBars.Of(attempts, TimelineBars.WholeOf(attempts, At(0))!, At(0));

        Assert.InRange(bars.Count, 3, 2_000);
        Assert.Equal(10_000, bars.Sum(bar => bar.Count));
        Assert.Equal((5_000, 1), bars.Where(bar => bar.Outcome == AttemptOutcome.Lost).Select(bar => (bar.Attempt, bar.Count)).Single());
    }

    [Fact]
    public void Of_ZoomedWindow_TellsThemApartAndLeavesOutWhatIsFarAway()
    {
        SweepAttempts attempts = Of([.. Enumerable.Range(0, 10_000).Select(i => (0, i * 1.0, (double?)(i + 0.9), (AttemptOutcome?)AttemptOutcome.Completed))]);

        IReadOnlyList<TimelineBar> bars = TimelineBars.Of(attempts, new TimeWindow(At(5_000), At(5_010)), At(0));

        Assert.All(bars, bar => Assert.Equal(1, bar.Count));
        Assert.InRange(bars.Count, 30, 33);
    }

    [Fact]
    public void Of_GapBetweenShortAttempts_IsKept()
    {
        SweepAttempts attempts = Of((0, 0, 0.1, AttemptOutcome.Completed), (0, 500, 500.1, AttemptOutcome.Completed), (0, 1000, 1001, AttemptOutcome.Completed));

        Assert.Equal(3, TimelineBars.Of(attempts, TimelineBars.WholeOf(attempts, At(0))!, At(0)).Count);
    }

    [Fact]
    public void WholeOf_NoAttempts_IsNothing() => Assert.Null(TimelineBars.WholeOf(Of(), At(0)));

    [Theory]
    [InlineData("2026-03-01T12:00:00", "2026-03-01T12:00:01.5", true)]
    [InlineData("2026-03-01 12:00:00.1234", "2026-03-01 13:00", true)]
    [InlineData("2026-03-01", "2026-03-01", false)]
    [InlineData("soon", "later", false)]
    [InlineData("0001-01-01", "2026-01-01", false)]
    [InlineData(null, "2026-03-01", false)]
    public void Parse_Address_IsAWindowOrNothing(string? from, string? to, bool isWindow) => Assert.Equal(isWindow, TimeWindow.Parse(from, to) is not null);

    [Fact]
    public void Shares_OfWorkers_TellWhatEachDid()
    {
        IReadOnlyList<WorkerShare> shares = WorkerShare.Of(Mixed, At(160));

        Assert.Equal((2, 1, 1, 6, TimeSpan.FromSeconds(140)), (shares[0].Attempts, shares[0].Completed, shares[0].Broken, shares[0].Epochs, shares[0].Busy));
        Assert.Equal(140 / 150.0, shares[0].Share, tolerance: 1e-9);
        Assert.Equal((TimeSpan.FromSeconds(150), 1), (shares[1].Busy, shares[1].Broken));
    }

    [Fact]
    public void Describe_Bars_TellWhatHappened()
    {
        IReadOnlyList<TimelineBar> bars = TimelineBars.Of(Mixed, TimelineBars.WholeOf(Mixed, At(200))!, At(200));

        string lost = TimelineText.Describe(Mixed, bars[1]);

        Assert.StartsWith("<b>#2</b>, attempt 1<br>gpu-b<br>epoch 1<br>", lost, StringComparison.Ordinal);
        Assert.EndsWith("lost: The worker was lost", lost, StringComparison.Ordinal);
        Assert.Contains("– now UTC", TimelineText.Describe(Mixed, bars[2]), StringComparison.Ordinal);
        Assert.StartsWith("<b>7 attempts</b>, completed", TimelineText.Describe(Mixed, bars[0] with { Count = 7 }), StringComparison.Ordinal);
    }
}
