using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.GpuWorker.Tests.Runs;

public sealed class OrderlyShutdownTests
{
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
