using CsCheck;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.State.Entities;

public sealed class RunSummaryTests
{
    private static readonly Dictionary<string, MetricSummary> Empty = [];

    [Fact]
    public void Add_LossAndAccuracy_KeepsLowestLossAndHighestAccuracy()
    {
        IReadOnlyDictionary<string, MetricSummary> summary = Empty;
        double[] losses = [0.5, 0.2, 0.3];
        double[] accuracies = [0.6, 0.9, 0.8];
        for (int i = 0; i < 3; i++)
        {
            summary = RunSummary.Add(summary, i + 1, Metrics(losses[i], accuracies[i]), isNewest: true);
        }

        Assert.Equal(new MetricSummary(0.3, 0.2, 2), summary[MetricNames.ValidationLoss]);
        Assert.Equal(new MetricSummary(0.8, 0.9, 2), summary[MetricNames.ValidationAccuracy]);
    }

    [Fact]
    public void Add_NotANumber_IsLeftOut() => Assert.Empty(RunSummary.Add(Empty, 1, Metrics(double.NaN, double.PositiveInfinity), true));

    [Fact]
    public void Add_SameEpochTwice_ChangesNothing() =>
        Gen.Double[0, 1].Array[1, 20].Sample(values =>
        {
            IReadOnlyDictionary<string, MetricSummary> once = Empty;
            IReadOnlyDictionary<string, MetricSummary> twice = Empty;
            for (int i = 0; i < values.Length; i++)
            {
                once = RunSummary.Add(once, i + 1, Metrics(values[i], values[i]), true);
                twice = RunSummary.Add(twice, i + 1, Metrics(values[i], values[i]), true);
                twice = RunSummary.Add(twice, i + 1, Metrics(values[i], values[i]), true);
            }

            Assert.Equal(RunSummary.Write(once), RunSummary.Write(twice));
        });

    [Fact]
    public void Write_AnySummary_IsReadBack()
    {
        IReadOnlyDictionary<string, MetricSummary> summary = RunSummary.Add(Empty, 1, Metrics(0.1, 0.7), true);

        Assert.Equal(summary, RunSummary.Read(RunSummary.Write(summary)));
    }

    private static Dictionary<string, double> Metrics(double loss, double accuracy) =>
        new() { [MetricNames.ValidationLoss] = loss, [MetricNames.ValidationAccuracy] = accuracy };
}
