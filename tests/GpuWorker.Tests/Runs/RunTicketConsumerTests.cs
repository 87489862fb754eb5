using System.Collections.Concurrent;
using System.Diagnostics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Training;
using Experiments.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Runs;

public sealed class RunTicketConsumerTests
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
        Assert.Equal(Metrics, first.Metrics);
        Assert.Equal(2, Assert.IsType<EpochFinished>(await worker.Orchestrator.NextEventAsync()).Epoch);
        AttemptEnded end = Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        Assert.Equal((AttemptOutcome.Completed, null), (end.Outcome, end.Failure));
        Artifact artifact = Assert.Single(end.Artifacts);
        Assert.Equal(("best.safetensors", 7L), (artifact.Name, artifact.Bytes));
        Assert.Equal("9a129038d9a00aed0cf6a7ea059ca50a", artifact.Sha256[..32]);
    }

    [Fact]
    public async Task Ticket_Granted_AttemptAndEpochsBelongToTheTraceOfTheRun()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ExperimentsTelemetry.GpuWorkerName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("experiments.run"), "traced"))
                {
                    spans.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = (_, told, _, _) =>
        {
            told.OnEpochFinished(new EpochResult(1, 20, Metrics));
            return TrainingOutcome.Completed;
        });

        await worker.SendTicketAsync("traced");
        await worker.Orchestrator.NextEventAsync();
        await worker.Orchestrator.NextEventAsync();
        await worker.StopWorkerAsync();

        Activity attempt = Assert.Single(spans, span => span.OperationName == "attempt");
        Activity epoch = Assert.Single(spans, span => span.OperationName == "epoch");
        Assert.Equal(OrchestratorDouble.TraceId, attempt.TraceId.ToHexString());
        Assert.Equal((attempt.TraceId, attempt.SpanId), (epoch.TraceId, epoch.ParentSpanId));
    }

    [Fact]
    public async Task Ticket_ClaimRefused_TrainsNothingAndTakesTheNext()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
            w.Orchestrator.Grant = claim => claim.RunId == "taken" ? null : OrchestratorDouble.Claimed(claim.RunId));

        await worker.SendTicketAsync("taken");
        await worker.SendTicketAsync("free");

        Assert.Equal("free", Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).RunId);
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
    [InlineData(AttemptDirective.HandBack, AttemptOutcome.HandedBack, 1)]
    [InlineData(AttemptDirective.Cancel, AttemptOutcome.Cancelled, 0)]
    public async Task Ticket_ToldToEndWhilePreparing_EndsAndLosesNoCheckpoint(AttemptDirective directive, AttemptOutcome outcome, int trainings)
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
        {
            w.Trainer.Preparation = interrupt => Task.Delay(Timeout.Infinite, interrupt);
            w.Trainer.Script = ScriptedTrainer.UntilTold;
        });

        await worker.SendTicketAsync("run-1");
        await worker.TrainingAsync();
        worker.Orchestrator.Reply = _ => new HeartbeatReply(directive, TakeRuns: true);

        Assert.Equal(outcome, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
        Assert.Equal(trainings, worker.Trainer.Jobs.Count);
    }

    [Fact]
    public async Task Ticket_LaterAttempt_GoesOnFromTheFolderOfTheEarlierOne()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
            w.Orchestrator.Grant = claim => OrchestratorDouble.Claimed(claim.RunId, attempt: 3, resumeFrom: 2));

        await worker.SendTicketAsync("run-1");
        await worker.Orchestrator.NextEventAsync();

        TrainingJob job = Assert.Single(worker.Trainer.Jobs);
        Assert.EndsWith(Path.Combine("run-1", "3"), job.Folder, StringComparison.Ordinal);
        Assert.EndsWith(Path.Combine("run-1", "2"), job.ResumeFolder, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticket_WhileALongRunTrains_StaysInTheQueueForOthers()
    {
        using var finish = new ManualResetEventSlim();
        await using WorkerHarness worker = await WorkerHarness.StartAsync(
            w => w.Trainer.Script = (job, _, _, _) =>
            {
                finish.Wait(OrchestratorDouble.Patience);
                return TrainingOutcome.Completed;
            },
            ("Worker:TicketHoldSeconds", "0"));

        await worker.SendTicketAsync("long");
        await worker.Orchestrator.NextClaimAsync();
        await worker.SendTicketAsync("next");
        await worker.HeartbeatsAsync(5);
        Assert.Equal(1, worker.Orchestrator.ClaimCount);

        finish.Set();
        Assert.Equal("long", Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).RunId);
        Assert.Equal("next", Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).RunId);
    }

    [Fact]
    public async Task Tickets_ManyLongRuns_EachIsTrainedOnce()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(null, ("Worker:TicketHoldSeconds", "0"));

        for (int i = 0; i < 20; i++)
        {
            await worker.SendTicketAsync($"run-{i}");
        }

        var ended = new HashSet<string>();
        for (int i = 0; i < 20; i++)
        {
            Assert.True(ended.Add(Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).RunId));
        }
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
    public async Task Training_FailsUnexpectedly_IsACrashAndTheWorkerGoesOn()
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

    [Theory]
    [InlineData(AttemptDirective.Cancel, AttemptOutcome.Cancelled)]
    [InlineData(AttemptDirective.HandBack, AttemptOutcome.HandedBack)]
    public async Task Heartbeat_AnsweredWithADirective_EndsTheAttempt(AttemptDirective directive, AttemptOutcome outcome)
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
        {
            w.Trainer.Script = ScriptedTrainer.UntilTold;
            w.Orchestrator.Reply = heartbeat => new HeartbeatReply(heartbeat.RunId is null ? AttemptDirective.Continue : directive, TakeRuns: true);
        });

        await worker.SendTicketAsync("run-1");

        Assert.Equal(outcome, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
    }

    [Fact]
    public async Task StopAttempt_Published_EndsTheAttemptItMeansAndNoOther()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(
            w => w.Trainer.Script = ScriptedTrainer.UntilTold, ("Worker:HeartbeatSeconds", "3600"));
        var bus = worker.Host.Services.GetRequiredService<IBus>();

        await worker.SendTicketAsync("run-1");
        await worker.TrainingAsync();
        await bus.Publish(new StopAttempt("run-1", 7, AttemptDirective.HandBack), TestContext.Current.CancellationToken);
        await bus.Publish(new StopAttempt("other", 1, AttemptDirective.HandBack), TestContext.Current.CancellationToken);
        await bus.Publish(new StopAttempt("run-1", 1, AttemptDirective.Cancel), TestContext.Current.CancellationToken);

        Assert.Equal(AttemptOutcome.Cancelled, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
    }

    [Fact]
    public async Task Heartbeat_LeaseLost_StopsWithoutAWord()
    {
        int abandoned = 0;
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
        {
            w.Trainer.Script = (job, listener, stop, cancel) => job.Folder.Contains("lost", StringComparison.Ordinal)
                ? ScriptedTrainer.UntilTold(job, listener, stop, cancel)
                : TrainingOutcome.Completed;
            w.Orchestrator.Reply = heartbeat =>
            {
                bool lost = heartbeat.RunId == "lost";
                abandoned += lost ? 1 : 0;
                return new HeartbeatReply(lost ? AttemptDirective.Abandon : AttemptDirective.Continue, TakeRuns: true);
            };
        });

        await worker.SendTicketAsync("lost");
        await worker.SendTicketAsync("next");

        Assert.Equal("next", Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).RunId);
        Assert.True(abandoned > 0);
    }

    [Fact]
    public async Task Heartbeat_WorkerMayNotTakeRuns_LeavesTheQueueUntilReadmitted()
    {
        bool takeRuns = true;
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
            w.Orchestrator.Reply = _ => new HeartbeatReply(AttemptDirective.Continue, Volatile.Read(ref takeRuns)));
        Volatile.Write(ref takeRuns, false);
        await worker.HeartbeatsAsync(3);

        await worker.SendTicketAsync("run-1");
        await worker.HeartbeatsAsync(3);
        Assert.Equal(0, worker.Orchestrator.ClaimCount);

        Volatile.Write(ref takeRuns, true);
        Assert.Equal("run-1", Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).RunId);
    }

    [Fact]
    public async Task Shutdown_WhileTicketsWait_ClaimsNothingMore()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = ScriptedTrainer.UntilTold);
        await worker.SendTicketAsync("run-1");
        await worker.TrainingAsync();
        await worker.SendTicketAsync("run-2");
        await worker.SendTicketAsync("run-3");

        await worker.StopWorkerAsync();

        Assert.Equal(AttemptOutcome.HandedBack, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
        Assert.Equal(1, worker.Orchestrator.ClaimCount);
    }

    [Fact]
    public async Task Shutdown_WhileTraining_HandsTheRunBackFirst()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = ScriptedTrainer.UntilTold);
        await worker.SendTicketAsync("run-1");
        await worker.TrainingAsync();

        await worker.StopWorkerAsync();

        Assert.Equal(AttemptOutcome.HandedBack, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
        var heartbeats = new List<Heartbeat>();
        while (worker.Orchestrator.Heartbeats.Reader.TryRead(out Heartbeat? heartbeat))
        {
            heartbeats.Add(heartbeat);
        }

        Assert.True(heartbeats[^1].Leaving);
    }
}
