using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Runs;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>When epochs and ends are reported while files are being published.</summary>
public sealed class PublicationTests : IDisposable
{
    private static readonly Dictionary<string, double> Metrics = new() { ["validation/accuracy"] = 0.5 };

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedStore _store;

    public PublicationTests() => _store = new ScriptedStore(_folder.Path);

    [Fact]
    public async Task Epoch_IsReportedWhenItsCheckpointHasArrived()
    {
        await using WorkerHarness worker = await StartAsync((job, listener, stop, cancel) =>
        {
            Finish(job, listener, 1);
            return ScriptedTrainer.UntilTold(job, listener, stop, cancel);
        });
        await worker.SendTicketAsync("run-1");

        ScriptedStore.Shipment checkpoint = await _store.NextAsync();
        await worker.HeartbeatsAsync(3);
        Assert.False(worker.Orchestrator.Events.Reader.TryRead(out _));
        checkpoint.Arrive();

        Assert.Equal(1, Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync()).Epoch);
        Assert.Equal(("state 1", "weights 1"), (checkpoint.Contents["checkpoint.safetensors"], checkpoint.Contents["best.safetensors"]));
        _store.IsNear = true;
    }

    [Fact]
    public async Task Epochs_FinishedWhileFilesAreOnTheirWay_GoWithTheNewestAndAreReportedInOrder()
    {
        var trained = new TaskCompletionSource();
        await using WorkerHarness worker = await StartAsync((job, listener, _, _) =>
        {
            for (int epoch = 1; epoch <= 4; epoch++)
            {
                Finish(job, listener, epoch);
            }

            trained.SetResult();
            return TrainingOutcome.Completed;
        });
        await worker.SendTicketAsync("run-1");
        await trained.Task.WaitAsync(OrchestratorDouble.TestTimeout, TestContext.Current.CancellationToken);

        ScriptedStore.Shipment first = await _store.NextAsync();
        Assert.Equal("state 1", first.Contents["checkpoint.safetensors"]);
        first.Arrive();
        Assert.Equal(1, Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync()).Epoch);

        ScriptedStore.Shipment newest = await _store.NextAsync();
        Assert.Equal("state 4", newest.Contents["checkpoint.safetensors"]);
        newest.Arrive();
        for (int epoch = 2; epoch <= 4; epoch++)
        {
            Assert.Equal(epoch, Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync()).Epoch);
        }

        (await _store.NextAsync()).Arrive();
        Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
    }

    [Theory]
    [InlineData(TrainingOutcome.Completed, "best.safetensors")]
    [InlineData(TrainingOutcome.RangeEnded, "best.safetensors checkpoint.safetensors")]
    [InlineData(TrainingOutcome.Stopped, "best.safetensors checkpoint.safetensors")]
    public async Task End_IsReportedWhenTheFilesHaveArrivedAndTheLeaseIsRenewedUntilThen(TrainingOutcome outcome, string expected)
    {
        await using WorkerHarness worker = await StartAsync((job, _, _, _) =>
        {
            Write(job, 1);
            return outcome;
        });
        await worker.SendTicketAsync("run-1");

        ScriptedStore.Shipment left = await _store.NextAsync();
        await worker.HeartbeatsAsync(2);
        Assert.Equal("run-1", (await worker.Orchestrator.NextHeartbeatAsync()).RunId);
        Assert.False(worker.Orchestrator.Events.Reader.TryRead(out _));
        left.Arrive();

        AttemptEnded end = Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal(outcome == TrainingOutcome.Completed ? AttemptOutcome.Completed : AttemptOutcome.HandedBack, end.Outcome);
        Assert.Equal(expected, string.Join(' ', left.Contents.Keys));
        Assert.Equal(outcome == TrainingOutcome.Completed ? ["best.safetensors"] : [], end.Artifacts.Select(artifact => artifact.Name));
    }

    [Fact]
    public async Task Failure_AfterAnEpoch_IsReportedAfterTheEpoch()
    {
        await using WorkerHarness worker = await StartAsync((job, listener, _, _) =>
        {
            Finish(job, listener, 1);
            throw new TrainingException(FailureKind.Diverged, "it diverged");
        });
        await worker.SendTicketAsync("run-1");
        (await _store.NextAsync()).Arrive();

        Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal(FailureKind.Diverged, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Failure!.Kind);
    }

    [Theory]
    [InlineData(AttemptDirective.Cancel)]
    [InlineData(AttemptDirective.Abandon)]
    public async Task CancelOrAbandon_WhileFilesAreOnTheirWay_EndsThat(AttemptDirective directive)
    {
        await using WorkerHarness worker = await StartAsync((job, listener, _, _) =>
        {
            Finish(job, listener, 1);
            return TrainingOutcome.Completed;
        });
        await worker.SendTicketAsync("run-1");
        await _store.NextAsync();

        worker.Orchestrator.Reply = heartbeat => new HeartbeatReply(heartbeat.RunId is null ? AttemptDirective.Continue : directive, TakeRuns: true);

        if (directive == AttemptDirective.Cancel)
        {
            // No attempt resumes from its files, but its metrics count.
            Assert.Equal(1, Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync()).Epoch);
            Assert.Equal(AttemptOutcome.Cancelled, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
        }
        else
        {
            await IdleAsync(worker);
            Assert.False(worker.Orchestrator.Events.Reader.TryRead(out _));
        }
    }

    [Fact]
    public async Task Refusal_BecauseTheLeaseIsLost_StopsTheTrainingWithoutAWord()
    {
        await using WorkerHarness worker = await StartAsync((job, listener, stop, cancel) =>
        {
            Finish(job, listener, 1);
            return ScriptedTrainer.UntilTold(job, listener, stop, cancel);
        });
        await worker.SendTicketAsync("run-1");

        (await _store.NextAsync()).Refuse(new ArtifactRefusedException("the lease is another's", leaseLost: true));

        await IdleAsync(worker);
        Assert.False(worker.Orchestrator.Events.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Refusal_ForAnotherReason_FailsTheAttemptWithIt()
    {
        await using WorkerHarness worker = await StartAsync((job, listener, stop, cancel) =>
        {
            Finish(job, listener, 1);
            return ScriptedTrainer.UntilTold(job, listener, stop, cancel);
        });
        await worker.SendTicketAsync("run-1");

        (await _store.NextAsync()).Refuse(new ArtifactRefusedException("it answers 403"));

        AttemptEnded end = Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal(FailureKind.Crash, end.Failure!.Kind);
        Assert.Contains("it answers 403", end.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandBack_WhileTheEarlierCheckpointIsFetched_HandsBackWithoutTraining()
    {
        _store.Fetching = cancel => Task.Delay(Timeout.Infinite, cancel);
        await using WorkerHarness worker = await StartAsync((_, _, _, _) => TrainingOutcome.Completed);
        await worker.SendTicketAsync("run-1");
        await worker.TrainingAsync();

        worker.Orchestrator.Reply = _ => new HeartbeatReply(AttemptDirective.HandBack, TakeRuns: true);

        Assert.Equal(AttemptOutcome.HandedBack, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
        Assert.Empty(worker.Trainer.Jobs);
    }

    public void Dispose() => _folder.Dispose();

    private Task<WorkerHarness> StartAsync(Func<TrainingJob, ITrainingListener, CancellationToken, CancellationToken, TrainingOutcome> script) =>
        WorkerHarness.StartAsync(worker =>
        {
            worker.Trainer.Script = script;
            worker.Store = _store;
        });

    private static void Finish(TrainingJob job, ITrainingListener listener, int epoch)
    {
        Write(job, epoch);
        listener.OnEpochFinished(new EpochResult(epoch, epoch * 20, Metrics));
    }

    private static void Write(TrainingJob job, int epoch)
    {
        File.WriteAllText(Path.Combine(job.Folder, "best.safetensors"), $"weights {epoch}");
        File.WriteAllText(Path.Combine(job.Folder, "checkpoint.safetensors"), $"state {epoch}");
        File.WriteAllText(Path.Combine(job.Folder, "checkpoint.previous.safetensors"), $"state {epoch - 1}");
    }

    private static async Task IdleAsync(WorkerHarness worker)
    {
        while (worker.Host.Services.GetRequiredService<AttemptSlot>().Current is not null)
        {
            await worker.HeartbeatsAsync(1);
        }

        await worker.HeartbeatsAsync(2);
    }
}
