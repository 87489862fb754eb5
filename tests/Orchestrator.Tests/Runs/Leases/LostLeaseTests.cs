using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.Runs.Leases;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs.Leases;

/// <summary>The consequences of missing heartbeats for a run.</summary>
public sealed class LostLeaseTests
{
    [Fact]
    public async Task LostLease_RunResumesFromItsCheckpointAsNextAttempt()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using TestHost host = await TestHost.StartAsync(folder, time);
        var lost = new ScriptedWorker(host, "lost");
        var other = new ScriptedWorker(host, "other");
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed first = await lost.ClaimAsync();
        await lost.FinishEpochAsync(first, 1);
        await host.UntilRunAsync(first.RunId, run => run.Epoch == 1);

        await AdvanceUntilAsync(time, () => host.UntilRunAsync(first.RunId, run => run.Status == RunStatus.Queued));
        RunClaimed second = await other.ClaimAsync();

        Assert.Equal((first.RunId, 2, 1), (second.RunId, second.Attempt, second.ResumeFromAttempt));
        Assert.Equal(AttemptDirective.Abandon, (await lost.BeatAsync(first)).Attempt);
        Assert.Equal(AttemptDirective.Continue, (await other.BeatAsync(second)).Attempt);
        AttemptView[] attempts = await host.GetAsync<AttemptView[]>($"/api/runs/{first.RunId}/attempts");
        Assert.Equal([AttemptOutcome.Lost, null], attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(FailureKind.Lost, attempts[0].Failure!.Kind);
        Assert.Equal([0, 1], attempts.Select(attempt => attempt.FirstEpoch));
    }

    /// <summary>Simulates a slow or busy disk.</summary>
    [Fact]
    public async Task LostLease_WorkerHeardOfBeforeItIsWritten_KeepsIt()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        await worker.BeatAsync(run);
        var isWritten = new TaskCompletionSource();
        Task writing = host.Get<StateWriter>().WriteAsync(_ => isWritten.Task, TestTimeout.Token);
        Task losing = host.Get<LostLeases>().LoseAsync(host.Get<LeaseTable>().Find(run.RunId)!, TimeSpan.FromSeconds(15), TestTimeout.Token);

        Assert.Equal(AttemptDirective.Continue, (await worker.BeatAsync(run)).Attempt);
        isWritten.SetResult();
        await Task.WhenAll(writing, losing);

        Assert.Equal(AttemptDirective.Continue, (await worker.BeatAsync(run)).Attempt);
        Assert.Equal(RunStatus.Running, (await host.GetAsync<RunView>($"/api/runs/{run.RunId}")).Status);
    }

    /// <summary>Happens when a laptop is suspended, or the process is stopped and continued: the whole machine stood still, not only the worker.</summary>
    [Fact]
    public async Task OrchestratorStoodStill_NoLeaseEnds()
    {
        using var folder = new TempFolder();
        using var log = new WarningLog();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using TestHost host = await TestHost.StartAsync(folder, time, addConsumers: log.AddTo);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        await worker.BeatAsync(run);

        time.Advance(TimeSpan.FromHours(8));
        await TestTimeout.UntilAsync(
            () => Task.FromResult(log.Lines), lines => lines.Any(line => line.Contains(LeaseObstacle.StoodStill.Describe(), StringComparison.Ordinal)));

        Assert.Equal(AttemptDirective.Continue, (await worker.BeatAsync(run)).Attempt);
        Assert.Null((await host.GetAsync<AttemptView[]>($"/api/runs/{run.RunId}/attempts")).Single().Outcome);
    }

    /// <summary>The response to the claim was lost: the worker does not know that it was granted.</summary>
    [Fact]
    public async Task LeaseNeverConfirmed_DoesNotCountAgainstTheRun_UnlessItRepeats()
    {
        const int Pardoned = 5;
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using TestHost host = await TestHost.StartAsync(folder, time);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "maxAttempts: 1"));
        RunClaimed run = await worker.ClaimAsync();
        for (int attempt = 1; attempt <= Pardoned; attempt++)
        {
            await AdvanceUntilAsync(time, () => host.UntilRunAsync(run.RunId, r => r.Status == RunStatus.Queued));
            run = await worker.ClaimAsync();
        }

        await AdvanceUntilAsync(time, () => host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Failed));
        AttemptView[] attempts = await host.GetAsync<AttemptView[]>($"/api/runs/{run.RunId}/attempts");
        Assert.Equal([.. Enumerable.Repeat(AttemptOutcome.HandedBack, Pardoned), AttemptOutcome.Lost], attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.Contains("never confirmed it", attempts[0].Failure!.Message, StringComparison.Ordinal);
    }

    /// <summary>Advances the clock by seconds until the answer arrives.</summary>
    private static async Task AdvanceUntilAsync<T>(FakeTimeProvider time, Func<Task<T>> until)
    {
        Task<T> answer = until();
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await answer;
    }
}
