using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>The reports of an attempt for every kind of end.</summary>
public sealed class AttemptRunnerTests
{
    private static readonly Dictionary<string, double> Metrics = new() { ["validation/accuracy"] = 0.5 };

    [Fact]
    public async Task Ticket_Granted_ReportsEpochsThenTheEnd()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = (job, listener, _, _) =>
        {
            File.WriteAllText(Path.Combine(job.Folder, "best.safetensors"), "weights");
            File.WriteAllText(Path.Combine(job.Folder, "checkpoint.safetensors"), "state");
            listener.OnEpochFinished(new EpochResult(1, 20, Metrics));
            listener.OnEpochFinished(new EpochResult(2, 40, Metrics));
            return TrainingOutcome.Completed;
        });

        await worker.SendTicketAsync("run-1");

        EpochFinished first = Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal(("run-1", 1, 1, 20L, "worker-1"), (first.RunId, first.Attempt, first.Epoch, first.Iteration, first.WorkerId));
        Assert.Equal(0.5, first.Metrics["validation/accuracy"]);
        Assert.InRange(first.Metrics[MetricNames.DeviceUtilization], 0, 1);
        Assert.InRange(first.Metrics[MetricNames.DeviceMemoryBytes], 1, long.MaxValue);
        Assert.Equal(2, Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync()).Epoch);
        AttemptEnded end = Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal((AttemptOutcome.Completed, null), (end.Outcome, end.Failure));
        Assert.Equal([1, 2], end.Epochs.Select(epoch => epoch.Epoch));
        Artifact artifact = Assert.Single(end.Artifacts);
        Assert.Equal(("best.safetensors", 7L), (artifact.Name, artifact.Bytes));
        Assert.Equal("9a129038d9a00aed0cf6a7ea059ca50a", artifact.Sha256[..32]);
    }

    [Fact]
    public async Task Epochs_TrainedButNotOnTheDisk_AreReportedOnceTheyAreAsTheyWereWhenTheyEnded()
    {
        using var onDisk = new ManualResetEventSlim();
        var afterwards = DateTimeOffset.MaxValue;
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = (_, listener, _, cancel) =>
        {
            EpochResult[] epochs = [new EpochResult(1, 20, Metrics), new EpochResult(2, 40, Metrics)];
            foreach (EpochResult epoch in epochs)
            {
                listener.OnEpochTrained(epoch);
            }

            afterwards = TimeProvider.System.GetUtcNow();
            onDisk.Wait(cancel);
            foreach (EpochResult epoch in epochs)
            {
                listener.OnEpochFinished(epoch);
            }

            return TrainingOutcome.Completed;
        });
        await worker.SendTicketAsync("run-1");
        await worker.TrainingAsync();

        await worker.HeartbeatsAsync(3);
        Assert.False(worker.Orchestrator.Events.Reader.TryRead(out _));
        onDisk.Set();

        for (int number = 1; number <= 2; number++)
        {
            EpochFinished epoch = Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync());
            Assert.Equal((number, number * 20L), (epoch.Epoch, epoch.Iteration));
            Assert.InRange(epoch.Time, DateTimeOffset.MinValue, afterwards);
            Assert.Contains(MetricNames.DeviceMemoryBytes, epoch.Metrics.Keys);
        }

        AttemptEnded end = Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal([1, 2], end.Epochs.Select(epoch => epoch.Epoch));
    }

    /// <summary>JSON cannot represent such numbers: such a report would be retried forever, and block all later ones.</summary>
    [Fact]
    public async Task Epoch_WithValuesThatAreNoNumbers_IsReportedWithoutThemAndTheLogSaysSo()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = (_, listener, _, _) =>
        {
            listener.OnMetric("batch/loss", 1, double.NaN);
            listener.OnEpochFinished(new EpochResult(1, 20, new Dictionary<string, double>(Metrics) { ["system/imagesPerSecond"] = double.PositiveInfinity }));
            return TrainingOutcome.Completed;
        });

        await worker.SendTicketAsync("run-1");

        EpochFinished epoch = Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal(0.5, epoch.Metrics["validation/accuracy"]);
        Assert.DoesNotContain("system/imagesPerSecond", epoch.Metrics.Keys);
        Assert.Equal(AttemptOutcome.Completed, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
        RunLogLine[] warnings = [.. (await worker.Orchestrator.Logs.Reader.ReadAsync(TestContext.Current.CancellationToken)).Lines.Where(line => line.Level == RunLogLevel.Warning)];
        Assert.Equal(["batch/loss is NaN", "system/imagesPerSecond is"], warnings.Select(line => string.Join(' ', line.Message.Split(' ').Take(line.Message.StartsWith("batch", StringComparison.Ordinal) ? 3 : 2))));
    }

    /// <summary>Happens when the queue for reports has no leader while that for heartbeats has one: the run is not lost, its end is in transit.</summary>
    [Fact]
    public async Task End_UntilTheBrokerHasIt_KeepsTheLease()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync();
        using var ends = new HeldEnds();
        worker.Host.Services.GetRequiredService<IBus>().ConnectSendObserver(ends);
        await worker.SendTicketAsync("run-1");
        await ends.Reached.WaitAsync(OrchestratorDouble.TestTimeout, TestContext.Current.CancellationToken);

        await worker.HeartbeatsAsync(2);
        Assert.Equal("run-1", (await worker.Orchestrator.NextHeartbeatAsync()).RunId);

        ends.Dispose();
        Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        while ((await worker.Orchestrator.NextHeartbeatAsync()).RunId is not null)
        {
        }
    }

    [Fact]
    public async Task Ticket_PreparationFails_ReportsThatWithoutTraining()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Preparation =
            _ => Task.FromException(new TrainingException(FailureKind.Invalid, "no such weights")));

        await worker.SendTicketAsync("run-1");

        AttemptEnded end = Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal((AttemptOutcome.Failed, new RunFailure(FailureKind.Invalid, "no such weights")), (end.Outcome, end.Failure));
        Assert.Empty(worker.Trainer.Jobs);
    }

    [Theory]
    [InlineData(FailureKind.Diverged)]
    [InlineData(FailureKind.Data)]
    public async Task Training_FailsWithAKind_ReportsItWithTheMessage(FailureKind kind)
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
            w.Trainer.Script = (_, _, _, _) => throw new TrainingException(kind, "what went wrong"));

        await worker.SendTicketAsync("run-1");

        AttemptEnded end = Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal((AttemptOutcome.Failed, new RunFailure(kind, "what went wrong")), (end.Outcome, end.Failure));
    }

    [Fact]
    public async Task Training_FailsUnexpectedly_IsACrashAndTheWorkerContinues()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
            w.Trainer.Script = (job, _, _, _) => job.Folder.Contains("bad", StringComparison.Ordinal) ? throw new InvalidOperationException("boom") : TrainingOutcome.Completed);

        await worker.SendTicketAsync("bad");
        await worker.SendTicketAsync("good");

        AttemptEnded end = Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal(FailureKind.Crash, end.Failure!.Kind);
        Assert.Contains("boom", end.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(AttemptOutcome.Completed, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
    }

    /// <summary>A broker that temporarily rejects ends of attempts.</summary>
    private sealed class HeldEnds : ISendObserver, IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        /// <summary>Starts accepting them.</summary>
        public void Dispose() => _letGo.TrySetResult();

        public async Task PreSend<T>(SendContext<T> context)
            where T : class
        {
            if (context.Message is AttemptEnded)
            {
                _reached.TrySetResult();
                await _letGo.Task;
            }
        }

        public Task PostSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task SendFault<T>(SendContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
