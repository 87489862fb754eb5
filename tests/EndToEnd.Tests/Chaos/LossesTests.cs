using Experiments.Contracts.Runs;
using Experiments.TestSystem.Chaos;

namespace Experiments.EndToEnd.Tests.Chaos;

public sealed class LossesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_WorkerKilled_IsNoticedFromThenOn()
    {
        Loss loss = Assert.Single(Losses.Of([Lost("worker-2", from: 10, to: 20)], [Struck(FaultKind.KillWorker, worker: 1, at: 14)]));

        Assert.Equal(TimeSpan.FromSeconds(6), loss.Noticed);
        Assert.False(loss.WasDeaf);
    }

    [Fact]
    public void Of_BrokerAwayMeanwhile_WasDeaf()
    {
        Loss loss = Assert.Single(Losses.Of(
            [Lost("worker-2", from: 10, to: 20)], [Struck(FaultKind.KillWorker, worker: 1, at: 14), Struck(FaultKind.KillRabbitMq, worker: null, at: 15)]));

        Assert.True(loss.WasDeaf);
    }

    [Theory]
    [InlineData(0, 14)]
    [InlineData(1, 9)]
    [InlineData(1, 21)]
    public void Of_FaultOfAnotherWorkerOrTime_IsNotTheCause(int worker, int at) =>
        Assert.Null(Assert.Single(Losses.Of([Lost("worker-2", from: 10, to: 20)], [Struck(FaultKind.KillWorker, worker, at)])).Noticed);

    [Fact]
    public void Of_AttemptsThatWereNotLost_AreLeftOut() =>
        Assert.Empty(Losses.Of([Lost("worker-2", from: 10, to: 20) with { Outcome = AttemptOutcome.HandedBack }], []));

    private static AttemptRecord Lost(string worker, int from, int to) => new(1, worker, Start.AddSeconds(from), Start.AddSeconds(to), AttemptOutcome.Lost);

    private static Injection Struck(FaultKind kind, int? worker, int at) =>
        new(new Fault(1, kind, worker, TimeSpan.Zero, TimeSpan.Zero), Start.AddSeconds(at), Start.AddSeconds(at + 2));
}
