using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs.Attempts;

/// <summary>The consequences of failed and lost attempts for a run.</summary>
public sealed class AttemptTests
{
    [Fact]
    public async Task Crash_IsTriedAgainUntilMaxAttempts_ThenRetryByHand()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "maxAttempts: 2"));
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            RunClaimed run = await worker.ClaimAsync();
            Assert.Equal(attempt, run.Attempt);
            await worker.EndAsync(run, AttemptOutcome.Failed, FailureKind.Crash);
        }

        sweep = await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Failed);
        RunView failed = (await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs?status=failed")).Items.Single();
        Assert.Equal(new RunFailure(FailureKind.Crash, "it was Crash"), failed.Failure);

        RunView retried = await host.PostAsync<RunView>($"/api/runs/{failed.Id}/retry");
        Assert.Equal(RunStatus.Queued, retried.Status);
        Assert.Null(retried.Failure);
        Assert.Equal(SweepStatus.Running, (await host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).Status);
        RunClaimed third = await worker.ClaimAsync();
        Assert.Equal(3, third.Attempt);
        await worker.CompleteAsync(third);
        await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed);
    }

    [Theory]
    [InlineData(FailureKind.Diverged)]
    [InlineData(FailureKind.Data)]
    [InlineData(FailureKind.Invalid)]
    public async Task Failure_ThatWouldRepeat_FailsTheRunAndTheOthersContinue(FailureKind kind)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        await worker.EndAsync(await worker.ClaimAsync(), AttemptOutcome.Failed, kind);
        await worker.CompleteAsync(await worker.ClaimAsync());

        sweep = await host.UntilAsync(sweep.Id, s => s.RunCounts.Ended == 2);
        Assert.Equal((SweepStatus.Failed, 1, 1), (sweep.Status, sweep.RunCounts.Failed, sweep.RunCounts.Completed));
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/retry-failed");
        await worker.CompleteAsync(await worker.ClaimAsync());
        await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed);
    }

    [Fact]
    public async Task OutOfMemory_IsTriedOnceMoreWithHalfTheImagesAtATime()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "maxAttempts: 1"));
        RunClaimed first = await worker.ClaimAsync();
        await worker.FinishEpochAsync(first, 1);
        await worker.EndAsync(first, AttemptOutcome.Failed, FailureKind.OutOfMemory);
        RunClaimed second = await worker.ClaimAsync();
        await worker.EndAsync(second, AttemptOutcome.Failed, FailureKind.OutOfMemory);

        await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Failed);
        Assert.Equal((1, 2), (first.BatchParts, second.BatchParts));
        Assert.Equal(1, second.ResumeFromAttempt);
        AttemptView[] attempts = await host.GetAsync<AttemptView[]>($"/api/runs/{first.RunId}/attempts");
        Assert.Equal([1, 2], attempts.Select(attempt => attempt.BatchParts));
    }

    [Fact]
    public async Task HandedBack_ResumesFromTheAttemptThatHasACheckpoint()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        await worker.FinishEpochAsync(run, 1);
        await worker.EndAsync(run, AttemptOutcome.HandedBack);

        RunClaimed second = await worker.ClaimAsync();
        Assert.Equal(1, second.ResumeFromAttempt);
        await worker.EndAsync(second, AttemptOutcome.HandedBack);

        // The second attempt has no files.
        RunClaimed third = await worker.ClaimAsync();
        Assert.Equal((3, 1), (third.Attempt, third.ResumeFromAttempt));
        string left = host.Get<ServiceDefaults.Artifacts.ArtifactFolder>().PrepareAttemptFolder(run.RunId, 3);
        await File.WriteAllTextAsync(Path.Combine(left, "checkpoint.safetensors"), "", TestContext.Current.CancellationToken);
        await worker.EndAsync(third, AttemptOutcome.HandedBack);

        Assert.Equal(3, (await worker.ClaimAsync()).ResumeFromAttempt);
    }
}
