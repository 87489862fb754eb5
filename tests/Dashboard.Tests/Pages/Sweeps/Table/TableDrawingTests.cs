using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

/// <summary>Sparklines, intervals, and questions before bulk actions: all pure.</summary>
public sealed class TableDrawingTests
{
    [Theory]
    [InlineData(4, "0,20 50,0 100,10")]
    [InlineData(8, "0,20 25,0 50,10")]
    public void Sparkline_Points_FillTheHeightAndAsMuchWidthAsTheyHaveCome(int epochs, string expected) =>
        Assert.Equal(expected, SparklinePath.Of(Points((0, 0.1), (2, 0.9), (4, 0.5)), epochs, 100, 20));

    [Fact]
    public void Sparkline_LevelOrBrokenCurve_IsALineInTheMiddleWithoutWhatIsNoNumber() =>
        Assert.Equal("0,10 100,10", SparklinePath.Of(Points((1, 0.5), (2, double.NaN), (3, 0.5)), 3, 100, 20));

    [Fact]
    public void Sparkline_OnePoint_IsNoLine() => Assert.Empty(SparklinePath.Of(Points((1, 0.5)), 3, 100, 20));

    [Fact]
    public void Sparkline_OnOneScale_IsAsHighAsItsValuesAndEndsAtTheEdge() =>
        Assert.Equal("0,16 50,8 100,0", SparklinePath.Of(Points((0, 0.2), (2, 0.6), (4, 7000)), 4, 100, 20, new CurveScale(0, 1)));

    [Fact]
    public void Scale_LevelAndRisingCourse_TellsThemApart()
    {
        CurveScale scale = CurveScale.Of([Curve(0.1, 0.1), Curve(0.2, 0.6)])!;

        Assert.Equal(new CurveScale(0.1, 0.6), scale);
        Assert.Equal(new CurveScale(0, 0.6), scale.With(new CurveScale(0, 0.3)));
        Assert.Null(CurveScale.Of([new Curve()]));
    }

    [Fact]
    public void Scale_RunThatDiverged_DoesNotFlattenTheOthers() => Assert.InRange(CurveScale.Of([Curve(2.3, 0.3), Curve(2.2, 0.4), Curve(7000, 6900)])!.High, 2.3, 2.7);

    private static Curve Curve(params double[] values) => new(values.Select((value, place) => new SeriesPoint(place + 1, value, default)), 0);

    [Fact]
    public void Interval_Groups_ShareOneScale()
    {
        RunGroup low = Group(0.5, 0.1, 0.6);
        RunGroup high = Group(0.8, null, 0.9);
        var scale = new IntervalScale([low, high, Group(null, null, null)]);

        Assert.Equal(new IntervalScale.Interval("6", "35.6", "65.2", "65.2"), scale.Of(low));
        Assert.Equal(new IntervalScale.Interval("124.4", "124.4", "124.4", "154"), scale.Of(high));
        Assert.Null(scale.Of(Group(null, null, null)));
    }

    [Fact]
    public void Question_SomeCanBeCancelled_SaysWhatIsLostAndWhatStays()
    {
        (string title, string text, string confirm) = BulkText.Question(new BulkResult(BulkAction.Cancel, true, 5, 2, []));

        Assert.Equal(("Cancel 2 runs?", "Cancel 2 runs"), (title, confirm));
        Assert.Contains("checkpoints are deleted: a retry starts over", text, StringComparison.Ordinal);
        Assert.Contains("The other 3 runs of the selection stay as they are.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Done_SomeWereLeft_SaysWhyNot()
    {
        BulkOutcome[] runs = [new("a", 1, true, null), new("b", 2, false, "run b is completed")];

        Assert.Equal("1 run retried; 1 left as they are: run b is completed.", BulkText.Done(new BulkResult(BulkAction.Retry, false, 2, 1, runs)));
        Assert.Equal("2 runs tagged.", BulkText.Done(new BulkResult(BulkAction.Tag, false, 2, 2, runs)));
    }

    private static SeriesPoint[] Points(params (int Step, double Value)[] points) => [.. points.Select(point => new SeriesPoint(point.Step, point.Value, Samples.Time))];

    private static RunGroup Group(double? mean, double? deviation, double? best) => new()
    {
        Values = new Dictionary<string, System.Text.Json.JsonElement>(),
        Counts = new RunCounts(0, 0, 0, 1, 0, 0),
        Measured = 1,
        Mean = mean,
        Deviation = deviation,
        Best = best,
    };
}
