using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>How a worker handles a ticket.</summary>
public sealed class RunTicketConsumerTests
{
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
    public async Task Ticket_LaterAttempt_ResumesFromTheFolderOfTheEarlierOne()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
            w.Orchestrator.Grant = claim => OrchestratorDouble.Claimed(claim.RunId, attempt: 3, resumeFrom: 2));

        await worker.SendTicketAsync("run-1");
        await worker.Orchestrator.NextEventAsync();

        TrainingJob job = Assert.Single(worker.Trainer.Jobs);
        Assert.EndsWith(Path.Combine("run-1", "3"), job.Folder, StringComparison.Ordinal);
        Assert.EndsWith(Path.Combine("run-1", "2"), job.ResumeFolder, StringComparison.Ordinal);
    }
}
