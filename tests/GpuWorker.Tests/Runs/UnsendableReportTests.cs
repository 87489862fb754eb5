using System.Collections;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Runs;
using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>Reports that can never be serialized or sent.</summary>
public sealed class UnsendableReportTests
{
    private static readonly EpochFinished Good = Epoch(1, new Dictionary<string, double> { ["train/loss"] = 1 });
    private static readonly EpochFinished Bad = Epoch(2, new Unwritable());

    [Fact]
    public void Of_EndThatCanBeSent_IsTheSame()
    {
        AttemptEnded end = End(AttemptOutcome.Completed, Good);

        Assert.Same(end, SendableReports.Of(end));
    }

    /// <summary>A failure must never become a success.</summary>
    [Fact]
    public void Of_CompletedWithAnEpochThatCannotBeSent_HasFailedAndSaysWhy()
    {
        AttemptEnded end = SendableReports.Of(End(AttemptOutcome.Completed, Good, Bad));

        Assert.Equal((AttemptOutcome.Failed, FailureKind.Crash), (end.Outcome, end.Failure!.Kind));
        Assert.Contains("this cannot be serialized", end.Failure.Message, StringComparison.Ordinal);
        Assert.Equal([Good], end.Epochs);
        Assert.Null(MessageCheck.WhyUnsendable(end));
    }

    [Theory]
    [InlineData(AttemptOutcome.HandedBack)]
    [InlineData(AttemptOutcome.Cancelled)]
    public void Of_AnotherOutcome_StaysThat(AttemptOutcome outcome) => Assert.Equal(outcome, SendableReports.Of(End(outcome, Good, Bad)).Outcome);

    /// <summary>A run of very many epochs: each of them was reported when it ended.</summary>
    [Fact]
    public void Of_EndLargerThanBrokersTake_LeavesOutItsFirstEpochs()
    {
        var many = Enumerable.Range(1, 20).ToDictionary(i => $"metric/{new string('m', 100)}{i}", i => i / 3.0);
        AttemptEnded end = End(AttemptOutcome.Completed, [.. Enumerable.Range(1, 8_000).Select(epoch => Epoch(epoch, many))]);
        Assert.NotNull(MessageCheck.WhyUnsendable(end));

        AttemptEnded sendable = SendableReports.Of(end);

        Assert.Null(MessageCheck.WhyUnsendable(sendable));
        Assert.Equal(AttemptOutcome.Completed, sendable.Outcome);
        Assert.InRange(sendable.Epochs.Count, 1_000, 7_999);
        Assert.Equal(8_000, sendable.Epochs[^1].Epoch);
    }

    [Fact]
    public async Task Enqueue_ReportThatCannotBeSent_HoldsUpNothingBehindIt()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync();
        var sender = worker.Host.Services.GetRequiredService<RunEventSender>();

        TrainingException problem = Assert.Throws<TrainingException>(() => sender.Enqueue(Bad));
        await sender.Enqueue(End(AttemptOutcome.Completed, Bad)).WaitAsync(OrchestratorDouble.TestTimeout, TestContext.Current.CancellationToken);
        sender.Enqueue(Good);

        Assert.Contains("epoch 2 cannot be reported", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync()).Epoch);
    }

    /// <summary>The training is stopped, and the reason becomes the failure message of the attempt.</summary>
    [Fact]
    public async Task Report_EpochThatCannotBeSent_EndsTheTrainingWithThat()
    {
        using var folder = new TemporaryFolder();
        await using WorkerHarness worker = await WorkerHarness.StartAsync();
        using IAttemptFiles files = await new ScriptedStore(folder.Path) { IsNear = true }.OpenAttemptAsync(
            new AttemptOpening("run-1", 1, "worker-1", null, []), TestContext.Current.CancellationToken);
        using var attempt = new RunningAttempt(OrchestratorDouble.Claimed("run-1"));
        using var reporter = new EpochReporter(files, worker.Host.Services.GetRequiredService<RunEventSender>(), attempt);

        reporter.Report(Bad);

        TrainingException problem = await Assert.ThrowsAsync<TrainingException>(reporter.DrainAsync);
        Assert.Equal(FailureKind.Crash, problem.Kind);
        Assert.True(reporter.Broken.IsCancellationRequested);
    }

    private static EpochFinished Epoch(int epoch, IReadOnlyDictionary<string, double> metrics) =>
        new("sweep", "run-1", 1, "worker-1", epoch, 10 * epoch, metrics, DateTimeOffset.UnixEpoch);

    private static AttemptEnded End(AttemptOutcome outcome, params EpochFinished[] epochs) => new()
    {
        SweepId = "sweep",
        RunId = "run-1",
        Attempt = 1,
        WorkerId = "worker-1",
        Outcome = outcome,
        Epochs = epochs,
        Time = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Metrics that throw when they are read.</summary>
    private sealed class Unwritable : IReadOnlyDictionary<string, double>
    {
        private static InvalidOperationException Problem => new("this cannot be serialized");

        public int Count => 1;

        public IEnumerable<string> Keys => throw Problem;

        public IEnumerable<double> Values => throw Problem;

        public double this[string key] => throw Problem;

        public bool ContainsKey(string key) => throw Problem;

        public bool TryGetValue(string key, out double value) => throw Problem;

        public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => throw Problem;

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
