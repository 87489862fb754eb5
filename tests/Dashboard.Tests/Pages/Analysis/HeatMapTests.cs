using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Pages.Analysis;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class HeatMapTests
{
    private static readonly RunColumns Runs = AnalysisSamples.Columns(
        ("model", ["a", "a", "b", "b"]), ("seed", [1, 1, 1, 2]), (AnalysisSamples.Metric, [0.6, 0.8, 0.5, 0.4]));

    [Fact]
    public void Of_Combinations_HaveTheirMeanAndThoseWithoutRunsAreEmpty()
    {
        HeatMap map = Map(HeatMapValue.Mean);

        Assert.Equal(["0.7000", "0.5000"], map.Rows[0].Select(cell => map.Text(cell!)));
        Assert.Null(map.Rows[1][0]);
        Assert.Equal("0.4000", map.Text(map.Rows[1][1]!));
        Assert.Equal([1, 0], new[] { map.Rows[0][0], map.Rows[1][1] }.Select(cell => map.Goodness(cell!)));
    }

    [Fact]
    public void Of_Best_DependsOnTheGoal()
    {
        Assert.Equal("0.8000", Text(Map(HeatMapValue.Best)));
        Assert.Equal("0.6000", Text(Map(HeatMapValue.Best, Goal.Minimize)));
        static string Text(HeatMap map) => map.Text(map.Rows[0][0]!);
    }

    [Fact]
    public void Describe_Cell_TellsItsRuns()
    {
        HeatMap map = Map(HeatMapValue.Mean);

        string text = map.Describe(map.Rows[0][0]);

        Assert.Contains("mean <b>0.7000</b> ± 0.1414", text, StringComparison.Ordinal);
        Assert.Contains("best <b>0.8000</b> (#2)", text, StringComparison.Ordinal);
        Assert.EndsWith("2 runs", text, StringComparison.Ordinal);
        Assert.Equal("model = 'a' and seed = 1", map.Condition(map.Rows[0][0]!));
    }

    [Fact]
    public void Of_ValuesThatDifferInEveryRun_AreGroupedSoThatCellsHoldRuns()
    {
        int[] runs = [.. Enumerable.Range(0, 64)];
        AnalysisData data = AnalysisSamples.Of(AnalysisSamples.Columns(
            ("learningRate", [.. runs.Select(run => (object)(1e-5 * Math.Pow(1.15, run)))]),
            ("weightDecay", [.. runs.Select(run => (object)(1e-6 * (1 + (run * 37 % 64))))]),
            (AnalysisSamples.Metric, [.. runs.Select(run => (object)(run / 64.0))])));

        HeatMap map = HeatMap.Of(data, data.Find("learningRate")!, data.Find("weightDecay")!, HeatMapValue.Mean);

        Assert.Equal((8, 8), (map.X.Groups.Count, map.Y.Groups.Count));
        Assert.All(map.Rows, row => Assert.Equal(8, row.OfType<HeatMapCell>().Sum(cell => cell.Runs.Count)));
    }

    private static HeatMap Map(HeatMapValue shown, Goal goal = Goal.Maximize)
    {
        AnalysisData data = AnalysisSamples.Of(Runs, goal);
        return HeatMap.Of(data, data.Find("model")!, data.Find("seed")!, shown);
    }
}
