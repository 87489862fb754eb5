using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>When a worker takes tickets, and when it leaves them to other workers.</summary>
public sealed class TicketGateTests
{
    [Fact]
    public async Task Ticket_WhileALongRunTrains_StaysInTheQueueForOthers()
    {
        using var finish = new ManualResetEventSlim();
        await using WorkerHarness worker = await WorkerHarness.StartAsync(
            w => w.Trainer.Script = (job, _, _, _) =>
            {
                finish.Wait(OrchestratorDouble.TestTimeout);
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
}
