using Experiments.Contracts.Metrics;
using Experiments.Orchestrator.Metrics;

namespace Experiments.Orchestrator.Tests.Metrics;

public sealed class AttemptFencesTests
{
    private static readonly AttemptFences Unfinished = new([new AttemptEnd(1, null, null), new AttemptEnd(2, null, null)]);
    private static readonly AttemptFences Completed = new([new AttemptEnd(1, null, null), new AttemptEnd(2, 5, 50)]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Accepts_UnfinishedRun_TakesEveryKnownAttempt(int attempt) =>
        Assert.True(Unfinished.Accepts(attempt, MetricNames.TrainLoss, 1000));

    [Fact]
    public void Accepts_UnknownAttempt_IsRefused() => Assert.False(Unfinished.Accepts(3, MetricNames.TrainLoss, 1));

    [Theory]
    [InlineData(1, MetricNames.TrainLoss, 5, true)]
    [InlineData(1, MetricNames.TrainLoss, 6, false)]
    [InlineData(1, MetricNames.BatchLoss, 50, true)]
    [InlineData(1, MetricNames.BatchLoss, 51, false)]
    [InlineData(2, MetricNames.TrainLoss, 6, true)]
    public void Accepts_CompletedRun_RefusesOlderAttemptsBeyondItsEnd(int attempt, string metric, long step, bool accepted) =>
        Assert.Equal(accepted, Completed.Accepts(attempt, metric, step));
}
