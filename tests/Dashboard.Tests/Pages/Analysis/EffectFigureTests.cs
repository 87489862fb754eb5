using Experiments.Dashboard.Components.Pages.Analysis;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class EffectFigureTests
{
    [Fact]
    public void Reach_MeansWithTheirDeviation_AreOnTheAxis()
    {
        AnalysisData data = AnalysisSamples.Of(AnalysisSamples.Columns(
            ("model", ["a", "a", "b", "b"]), ("seed", [1, 2, 1, 2]), (AnalysisSamples.Metric, [0.5, 0.9, 0.52, 0.9])));
        MarginalEffect[] effects = [.. data.Axes.Select(axis => MarginalEffect.Of(data, axis))];

        (double low, double high) = EffectFigure.Reach(data, effects);

        (double least, double most) = data.Range!.Axis();
        Assert.True(low <= least && high >= most);
        Assert.Contains(effects.SelectMany(effect => effect.Means), group => group.Mean + group.Deviation > most || group.Mean - group.Deviation < least);
        Assert.All(effects.SelectMany(effect => effect.Means), group => Assert.True(low < group.Mean - group.Deviation && high > group.Mean + group.Deviation));
    }
}
