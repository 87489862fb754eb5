using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Control;

public sealed class SweepControlTests
{
    [Fact]
    public async Task Pause_RunningSweep_HandsBackAndContinuesWhenResumed()
    {
        using var folder = new TempFolder();
        var box = new TicketBox();
        await using TestHost host = await TestHost.StartAsync(folder, addConsumers: box.AddTo);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        RunTicket ticket = await box.TakeAsync();
        RunTicket other = await box.TakeAsync();
        RunClaimed run = (await worker.TryClaimAsync(ticket.RunId))!;
        await worker.FinishEpochAsync(run, 1);

        Assert.Equal(SweepStatus.Paused, (await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/pause")).Status);
        Assert.Equal(new StopAttempt(run.RunId, 1, AttemptDirective.HandBack), await box.TakeStopAsync());
        Assert.Equal(AttemptDirective.HandBack, (await worker.BeatAsync(run)).Attempt);
        await worker.EndAsync(run, AttemptOutcome.HandedBack);
        await host.UntilRunAsync(run.RunId, r => r.Status == RunStatus.Queued);
        Assert.Null(await worker.TryClaimAsync(other.RunId));
        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync($"/api/sweeps/{sweep.Id}/pause")).StatusCode);

        // The tickets of both runs have been used: they get new ones.
        Assert.Equal(SweepStatus.Running, (await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/resume")).Status);
        Assert.Equal(
            new[] { ticket.RunId, other.RunId }.Order(), new[] { (await box.TakeAsync()).RunId, (await box.TakeAsync()).RunId }.Order());
        RunClaimed again = await worker.ClaimAsync();
        Assert.Equal((run.RunId, 2, 1), (again.RunId, again.Attempt, again.ResumeFromAttempt));
    }

    [Fact]
    public async Task Cancel_Sweep_EndsAllRunsAndStopsTheRunningOne()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3));
        await worker.CompleteAsync(await worker.ClaimAsync());
        await host.UntilAsync(sweep.Id, s => s.RunCounts.Completed == 1);
        RunClaimed running = await worker.ClaimAsync();

        sweep = await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/cancel");

        Assert.Equal((SweepStatus.Cancelled, 2, 1), (sweep.Status, sweep.RunCounts.Cancelled, sweep.RunCounts.Completed));
        Assert.NotNull(sweep.FinishedAt);
        Assert.Equal(AttemptDirective.Cancel, (await worker.BeatAsync(running)).Attempt);
        await worker.EndAsync(running, AttemptOutcome.Cancelled);
        await TestTimeout.UntilAsync(
            () => host.GetAsync<AttemptView[]>($"/api/runs/{running.RunId}/attempts"), all => all[0].Outcome == AttemptOutcome.Cancelled);
        Assert.Null(await worker.TryClaimAsync());
        foreach (string change in (string[])["cancel", "pause", "resume", "retry-failed"])
        {
            Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync($"/api/sweeps/{sweep.Id}/{change}")).StatusCode);
        }
    }

    [Fact]
    public async Task Cancel_Run_LeavesTheOthers()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        RunClaimed run = await worker.ClaimAsync();

        Assert.Equal(RunStatus.Cancelled, (await host.PostAsync<RunView>($"/api/runs/{run.RunId}/cancel")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync($"/api/runs/{run.RunId}/cancel")).StatusCode);
        await worker.EndAsync(run, AttemptOutcome.Completed);
        RunClaimed second = await worker.ClaimAsync();
        Assert.NotEqual(run.RunId, second.RunId);
        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync($"/api/runs/{second.RunId}/retry")).StatusCode);
        await worker.CompleteAsync(second);

        sweep = await host.UntilAsync(sweep.Id, s => s.RunCounts.Ended == 2);
        Assert.Equal((SweepStatus.Cancelled, 1, 1), (sweep.Status, sweep.RunCounts.Completed, sweep.RunCounts.Cancelled));
        await host.PostAsync<RunView>($"/api/runs/{run.RunId}/retry");
        RunClaimed retried = await worker.ClaimAsync();
        Assert.Equal((run.RunId, 2), (retried.RunId, retried.Attempt));
        await worker.CompleteAsync(retried);
        await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed);
    }

    [Fact]
    public async Task Extend_CompletedSweep_AddsOnlyNewCellsAndContinues()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        await worker.CompleteAsync(await worker.ClaimAsync());
        await worker.CompleteAsync(await worker.ClaimAsync());
        await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed);

        SweepView extended = await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { seed: [2, 3] }");

        Assert.Equal((SweepStatus.Running, 3), (extended.Status, extended.RunCounts.Total));
        Assert.Null(extended.FinishedAt);
        Page<RunView> runs = await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs");
        Assert.Equal([(1, 1), (2, 2), (3, 3)], runs.Items.Select(run => (run.Cell, run.Config["seed"].GetInt32())));
        SweepView same = await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "{\"grid\":{\"seed\":[1]}}", "application/json");
        Assert.Equal(3, same.RunCounts.Total);
        Assert.Equal(3, (await worker.ClaimAsync()).Hyperparameters.Seed);
    }

    /// <summary>Inspecting a large data set takes long: claims and reports continue meanwhile.</summary>
    [Fact]
    public async Task Extend_IsPlannedWhileOthersWrite()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        var isWritten = new TaskCompletionSource();
        Task writing = host.Get<StateWriter>().WriteAsync(_ => isWritten.Task, TestTimeout.Token);

        HttpResponseMessage response = await host.PostAsync($"/api/sweeps/{sweep.Id}/extend", "grid: { pretrained: [run:unknown] }").WaitAsync(TestTimeout.Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        isWritten.SetResult();
        await writing;
    }

    [Fact]
    public async Task Extend_Concurrently_AddsEachCellOnce()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));

        await Task.WhenAll(Enumerable.Range(2, 6).Select(seed => host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", $"grid: {{ seed: [{seed}, {seed + 1}] }}")));

        Page<RunView> runs = await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs");
        Assert.Equal(Enumerable.Range(1, 8), runs.Items.Select(run => run.Config["seed"].GetInt32()).Order());
        Assert.Equal(Enumerable.Range(1, 8), runs.Items.Select(run => run.Cell).Order());
    }

    [Theory]
    [InlineData("grid: { seeds: [1] }", "grid.seeds")]
    [InlineData("grid: { seed: [] }", "grid.seed")]
    [InlineData("grid: []", "grid")]
    [InlineData("grid: [ { seed: [9] }, { seeds: [1] } ]", "grid[1].seeds")]
    [InlineData("base: { seed: 1 }", "grid")]
    [InlineData("grid: { seed: [7] }\nbase: {}", "base")]
    [InlineData("5", "grid")]
    public async Task Extend_BadBody_IsRefused(string yaml, string path)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));

        HttpResponseMessage response = await host.PostAsync($"/api/sweeps/{sweep.Id}/extend", yaml);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{path}\":", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
