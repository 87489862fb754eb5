using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Components.Pages.Analysis;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class AnalysisBrushTests
{
    [Theory]
    [InlineData("learningRate:0.001..0.01", "learningRate:0.001..0.01")]
    [InlineData("model:-0.25..0.25,1.75..2.25;validation/accuracy:0.5..1", "model:-0.25..0.25,1.75..2.25;validation/accuracy:0.5..1")]
    [InlineData("model:1..0;seed;:1..2;seed:x..1;seed:1..2", "seed:1..2")]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public void Parse_Address_KeepsWhatItCanRead(string? address, string? kept) => Assert.Equal(kept, AnalysisBrush.Parse(address).ToText());

    [Fact]
    public void FromChart_LogarithmicAxis_IsInValues()
    {
        var brush = AnalysisBrush.FromChart([new AxisBrush("learningRate", [[-3, -2]]), new AxisBrush("model", [])], _ => AxisScale.Logarithmic);

        Assert.Equal("learningRate:0.001..0.01", brush.ToText());
    }

    [Fact]
    public void Runs_BrushedValues_AreThoseWithinAllOfTheStretches()
    {
        var both = BrushedRuns.Of(AnalysisSamples.Data, AnalysisBrush.Parse("model:-0.25..0.25;learningRate:0.0005..0.002"));
        var none = BrushedRuns.Of(AnalysisSamples.Data, AnalysisBrush.Parse("validation/accuracy:0.95..1"));

        Assert.Equal([0], both.Runs);
        Assert.Equal("model in ('small_cnn') and learningRate in (0.001)", both.Condition);
        Assert.Empty(none.Runs);
        Assert.Equal("validation/accuracy >= 0.95 and validation/accuracy <= 1", none.Condition);
    }

    [Fact]
    public void Runs_StretchesOfOneAxis_AreAlternatives()
    {
        AnalysisData data = AnalysisSamples.Of(AnalysisSamples.Columns(
            ("seed", [.. Enumerable.Range(0, 100).Select(number => (object)number)]), (AnalysisSamples.Metric, [.. Enumerable.Repeat((object)0.5, 100)])));

        var brushed = BrushedRuns.Of(data, AnalysisBrush.Parse("seed:0..20,80..99"));

        Assert.Equal(41, brushed.Runs.Count);
        Assert.Equal("((seed >= 0 and seed <= 20) or (seed >= 80 and seed <= 99))", brushed.Condition);
    }

    [Fact]
    public void Runs_NothingBrushed_AreAll()
    {
        var brushed = BrushedRuns.Of(AnalysisSamples.Data, AnalysisBrush.Parse("dropout:0..1"));

        Assert.Equal(3, brushed.Runs.Count);
        Assert.Null(brushed.Condition);
    }
}
