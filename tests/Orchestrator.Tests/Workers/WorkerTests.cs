using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;
using Experiments.Orchestrator.Workers;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Workers;

public sealed class WorkerTests
{
    [Fact]
    public async Task List_AfterHeartbeats_ShowsWhatWorkersDo()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using TestHost host = await TestHost.StartAsync(folder, time);
        var idle = new ScriptedWorker(host, "a-idle");
        var busy = new ScriptedWorker(host, "b-busy");
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await busy.ClaimAsync();
        Assert.True((await idle.BeatAsync()).TakeRuns);
        await busy.BeatAsync(run);

        WorkerView[] workers = await host.GetAsync<WorkerView[]>("/api/workers");
        Assert.Equal([WorkerState.Idle, WorkerState.Busy], workers.Select(worker => worker.State));
        Assert.Equal([null, run.RunId], workers.Select(worker => worker.RunId));

        time.Advance(TimeSpan.FromSeconds(10));
        await busy.BeatAsync(run);
        time.Advance(TimeSpan.FromSeconds(10));
        workers = await host.GetAsync<WorkerView[]>("/api/workers");
        Assert.Equal([WorkerState.Lost, WorkerState.Busy], workers.Select(worker => worker.State));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 10, TimeSpan.Zero), workers[1].LastSeen);
        WorkerHistory history = await host.GetAsync<WorkerHistory>("/api/workers/b-busy/history");
        Assert.Equal([0.0, 10.0], history.Samples.Select(sample => (sample.Time - history.Since).TotalSeconds));
    }

    [Fact]
    public async Task CountIdleFor_WorkerOfRunsThatEndBetweenHeartbeats_IsNotIdle()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using TestHost host = await TestHost.StartAsync(folder, time);
        var worker = new ScriptedWorker(host);
        await worker.BeatAsync();
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        time.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal(1, host.Get<WorkerTable>().CountIdleFor(TimeSpan.FromSeconds(8)));
        await worker.CompleteAsync(await worker.ClaimAsync());
        await worker.BeatAsync();

        Assert.Equal(0, host.Get<WorkerTable>().CountIdleFor(TimeSpan.FromSeconds(8)));
    }

    [Fact]
    public async Task Drain_Worker_GetsNoRunsUntilReadmitted()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await worker.BeatAsync();
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));

        Assert.Equal(WorkerState.Draining, (await host.PostAsync<WorkerView>($"/api/workers/{worker.Id}/drain")).State);
        Assert.False((await worker.BeatAsync()).TakeRuns);
        Assert.Null(await worker.TryClaimAsync());
        Assert.NotNull(await new ScriptedWorker(host, "other").ClaimAsync());

        Assert.Equal(WorkerState.Idle, (await host.PostAsync<WorkerView>($"/api/workers/{worker.Id}/readmit")).State);
        Assert.True((await worker.BeatAsync()).TakeRuns);
    }

    [Fact]
    public async Task Crashes_OfThreeDifferentRuns_SetTheWorkerAside()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await worker.BeatAsync();
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(5));
        var crashed = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            RunClaimed run = await worker.ClaimAsync();
            crashed.Add((int)run.Hyperparameters.Seed);
            await worker.EndAsync(run, AttemptOutcome.Failed, FailureKind.Crash);
            await host.UntilAsync(sweep.Id, s => s.RunCounts.Running == 0);
        }

        // Each run crashed here once and waits for another worker; none has failed.
        Assert.Equal([1, 2, 3], crashed);
        WorkerView view = (await host.GetAsync<WorkerView[]>("/api/workers")).Single();
        Assert.Equal(WorkerState.SetAside, view.State);
        Assert.Contains("it was Crash", view.Reason, StringComparison.Ordinal);
        Assert.False((await worker.BeatAsync()).TakeRuns);
        Assert.Null(await worker.TryClaimAsync());
        RunClaimed elsewhere = await new ScriptedWorker(host, "other").ClaimAsync();
        Assert.Equal((1, 2), (elsewhere.Hyperparameters.Seed, elsewhere.Attempt));

        await host.PostAsync<WorkerView>($"/api/workers/{worker.Id}/readmit");
        Assert.Equal(4, (await worker.ClaimAsync()).Hyperparameters.Seed);
    }

    [Fact]
    public async Task Crashes_OfOneRun_DoNotSetTheOnlyWorkerAside()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await worker.BeatAsync();
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "maxAttempts: 5"));
        for (int i = 0; i < 5; i++)
        {
            await worker.EndAsync(await worker.ClaimAsync(), AttemptOutcome.Failed, FailureKind.Crash);
        }

        await host.UntilAsync(sweep.Id, s => s.RunCounts.Failed == 1);
        Assert.Equal(WorkerState.Idle, (await host.GetAsync<WorkerView[]>("/api/workers")).Single().State);
    }

    [Fact]
    public async Task Crashes_OnASingleBadWorker_DoNotCountAgainstTheRuns()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var bad = new ScriptedWorker(host, "bad");
        await bad.BeatAsync();
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3, "maxAttempts: 1"));
        for (int i = 0; i < 3; i++)
        {
            await bad.EndAsync(await bad.ClaimAsync(), AttemptOutcome.Failed, FailureKind.Crash);
        }

        await host.UntilAsync(sweep.Id, s => s is { Status: SweepStatus.Running, RunCounts: { Queued: 3, Failed: 0 } });
        var good = new ScriptedWorker(host, "good");
        for (int i = 0; i < 3; i++)
        {
            await good.CompleteAsync(await good.ClaimAsync());
        }

        await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed);
    }

    [Fact]
    public async Task Crashes_OnASingleBadWorker_BringNoCancelledSweepBack()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var bad = new ScriptedWorker(host, "bad");
        await bad.BeatAsync();
        SweepView cancelled = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3, "maxAttempts: 1"));
        for (int i = 1; i <= 2; i++)
        {
            await bad.EndAsync(await bad.ClaimAsync(), AttemptOutcome.Failed, FailureKind.Crash);
            await host.UntilAsync(cancelled.Id, s => s.RunCounts.Failed == i);
        }

        await host.PostAsync<SweepView>($"/api/sweeps/{cancelled.Id}/cancel");
        SweepView other = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "maxAttempts: 1"));
        await bad.EndAsync(await bad.ClaimAsync(), AttemptOutcome.Failed, FailureKind.Crash);

        await host.UntilAsync(other.Id, s => s is { Status: SweepStatus.Running, RunCounts.Queued: 1 });
        SweepView still = await host.GetAsync<SweepView>($"/api/sweeps/{cancelled.Id}");
        Assert.Equal((SweepStatus.Cancelled, 2, 1), (still.Status, still.RunCounts.Failed, still.RunCounts.Cancelled));
    }

    [Fact]
    public async Task Crashes_OfTheSameRunsOnSeveralWorkers_AreTheRunsFault()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        ScriptedWorker[] workers = [new(host, "one"), new(host, "two")];
        foreach (ScriptedWorker worker in workers)
        {
            await worker.BeatAsync();
        }

        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(6, "maxAttempts: 2"));
        for (int i = 0; i < 12; i++)
        {
            ScriptedWorker worker = workers[i % 2];
            await worker.EndAsync(await worker.ClaimAsync(), AttemptOutcome.Failed, FailureKind.Crash);
            await host.UntilAsync(sweep.Id, s => s.RunCounts.Running == 0);
        }

        await host.UntilAsync(sweep.Id, s => s.RunCounts.Failed == 6);
        Assert.All(await host.GetAsync<WorkerView[]>("/api/workers"), worker => Assert.Equal(WorkerState.Idle, worker.State));
    }

    [Fact]
    public async Task Leave_InGoodOrder_IsForgotten()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await worker.BeatAsync();

        await worker.BeatAsync(leaving: true);

        Assert.Empty(await host.GetAsync<WorkerView[]>("/api/workers"));
    }
}
