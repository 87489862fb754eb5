using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.TestSystem.Chaos;

namespace Experiments.EndToEnd.Tests.Chaos;

/// <summary>Checks that the proof can fail: each sweep violates one guarantee.</summary>
public sealed class ProofTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void OfOnce_AllWell_HasNothing() => Assert.Empty(Proof.OfOnce(Sweep(Run())));

    [Fact]
    public void OfOnce_MissingCell_IsLost() => AssertOnly(WrongKind.Lost, Proof.OfOnce(Sweep(Run()) with { Cells = 2 }));

    [Fact]
    public void OfOnce_CellTwice_IsDuplicated() => AssertOnly(WrongKind.Duplicated, Proof.OfOnce(Sweep(Run(), Run()) with { Cells = 1 }));

    [Theory]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Failed)]
    public void OfOnce_RunNotCompleted_IsLost(RunStatus status) => AssertOnly(WrongKind.Lost, Proof.OfOnce(Sweep(Run() with { Status = status })));

    [Fact]
    public void OfOnce_CompletedTwice_IsDuplicated() => AssertOnly(
        WrongKind.Duplicated, Proof.OfOnce(Sweep(Run(Attempt(1, AttemptOutcome.Completed), Attempt(2, AttemptOutcome.Completed)))));

    [Fact]
    public void OfOnce_AttemptAfterCompletion_IsDuplicated() => AssertOnly(
        WrongKind.Duplicated, Proof.OfOnce(Sweep(Run(Attempt(1, AttemptOutcome.Completed), Attempt(2, AttemptOutcome.Lost)))));

    [Fact]
    public void OfOnce_NumberLeftOut_IsDuplicated() => AssertOnly(
        WrongKind.Duplicated, Proof.OfOnce(Sweep(Run(Attempt(1, AttemptOutcome.Lost), Attempt(3, AttemptOutcome.Completed)))));

    [Fact]
    public void OfOnce_TwoAttemptsAtATime_IsDuplicated()
    {
        AttemptRecord first = Attempt(1, AttemptOutcome.Lost);
        AttemptRecord second = Attempt(2, AttemptOutcome.Completed);

        AssertOnly(WrongKind.Duplicated, Proof.OfOnce(Sweep(Run(first with { EndedAt = second.StartedAt.AddTicks(1) }, second))));
    }

    [Fact]
    public void OfOnce_AttemptFailed_IsLost() => AssertOnly(
        WrongKind.Lost, Proof.OfOnce(Sweep(Run(Attempt(1, AttemptOutcome.Failed), Attempt(2, AttemptOutcome.Completed)))));

    [Theory]
    [InlineData(WrongKind.Lost, 1, 3)]
    [InlineData(WrongKind.Lost, 1, 2)]
    [InlineData(WrongKind.Lost, 1, 2, 3, 4)]
    [InlineData(WrongKind.Duplicated, 1, 2, 2, 3)]
    public void OfOnce_EpochsWithGapOrTwice_AreWrong(WrongKind kind, params int[] epochs) =>
        AssertOnly(kind, Proof.OfOnce(Sweep(Run() with { Metrics = Metrics(epochs) })));

    [Fact]
    public void OfOnce_MetricMissing_IsLost() => AssertOnly(
        WrongKind.Lost, Proof.OfOnce(Sweep(Run() with { Metrics = Metrics(1, 2, 3).Where(metric => metric.Key != MetricNames.TrainLoss).ToDictionary() })));

    [Fact]
    public void OfSameness_SameResult_HasNothing() => Assert.Empty(Proof.OfSameness(Sweep(Run(Attempt(1, AttemptOutcome.Lost), Attempt(2, AttemptOutcome.Completed))), Sweep(Run())));

    [Fact]
    public void OfSameness_OneBitOfAMetric_Differs()
    {
        Dictionary<string, IReadOnlyList<RecordedPoint>> metrics = Metrics(1, 2, 3);
        metrics[MetricNames.TrainLoss] = [new(1, 0.5), new(2, 0.5), new(3, double.BitIncrement(0.5))];

        AssertOnly(WrongKind.Differing, Proof.OfSameness(Sweep(Run() with { Metrics = metrics }), Sweep(Run())));
    }

    [Fact]
    public void OfSameness_Weights_Differ() => AssertOnly(
        WrongKind.Differing,
        Proof.OfSameness(Sweep(Run() with { Weights = new Dictionary<string, string> { ["last.safetensors"] = "b" } }), Sweep(Run())));

    [Fact]
    public void OfSameness_Summary_Differs() => AssertOnly(
        WrongKind.Differing,
        Proof.OfSameness(
            Sweep(Run() with { Summary = new Dictionary<string, MetricSummary> { [MetricNames.TrainLoss] = new(0.5, 0.5, 2) } }), Sweep(Run())));

    [Fact]
    public void OfSameness_SpeedAndLiveCurves_DoNotCount()
    {
        Dictionary<string, IReadOnlyList<RecordedPoint>> metrics = Metrics(1, 2, 3);
        metrics[MetricNames.EpochSeconds] = [new(1, 9), new(2, 9), new(3, 9)];
        metrics[MetricNames.BatchLoss] = [new(17, 0.5)];

        Assert.Empty(Proof.OfSameness(Sweep(Run() with { Metrics = metrics }), Sweep(Run())));
    }

    private static void AssertOnly(WrongKind kind, IEnumerable<Wrong> wrongs)
    {
        Wrong[] found = [.. wrongs];
        Assert.NotEmpty(found);
        Assert.All(found, wrong => Assert.Equal(kind, wrong.Kind));
    }

    private static SweepRecord Sweep(params RunRecord[] runs) => new("test", runs.Length, runs);

    private static RunRecord Run(params AttemptRecord[] attempts)
    {
        AttemptRecord[] all = attempts.Length > 0 ? attempts : [Attempt(1, AttemptOutcome.Completed)];
        return new RunRecord
        {
            Id = "run",
            Cell = 1,
            Key = "key",
            Status = RunStatus.Completed,
            Attempt = all[^1].Number,
            Epochs = 3,
            Attempts = all,
            Metrics = Metrics(1, 2, 3),
            Summary = new Dictionary<string, MetricSummary> { [MetricNames.TrainLoss] = new(0.5, 0.5, 1) },
            Weights = new Dictionary<string, string> { ["last.safetensors"] = "a" },
        };
    }

    private static AttemptRecord Attempt(int number, AttemptOutcome outcome) =>
        new(number, "worker-1", Start.AddMinutes(number), Start.AddMinutes(number).AddSeconds(30), outcome);

    private static Dictionary<string, IReadOnlyList<RecordedPoint>> Metrics(params int[] epochs) =>
        MetricNames.Objectives.Append(MetricNames.LearningRate).ToDictionary(
            name => name, IReadOnlyList<RecordedPoint> (_) => [.. epochs.Select(epoch => new RecordedPoint(epoch, 0.5))]);
}
