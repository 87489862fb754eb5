using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs.Views;

/// <summary>What failed runs say, and how long they were trained.</summary>
public sealed class RunFailuresTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_TwoRunsFailedAlike_AreOneGroupWhoseFilterFindsThem()
    {
        await using TestHost host = await TestHost.StartAsync(_folder);
        var worker = new ScriptedWorker(host);
        string sweep = (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3))).Id;
        await worker.CompleteAsync(await worker.ClaimAsync());
        for (int run = 0; run < 2; run++)
        {
            await worker.EndAsync(await worker.ClaimAsync(), AttemptOutcome.Failed, FailureKind.Diverged);
        }

        SweepView ended = await host.UntilAsync(sweep, s => s.RunCounts.Failed == 2 && s.RunCounts.Ended == 3);
        SweepFailures failures = await host.GetAsync<SweepFailures>($"/api/sweeps/{sweep}/failures");

        FailureGroup group = Assert.Single(failures.Groups);
        Assert.Equal((2, FailureKind.Diverged, "it was Diverged"), (group.Runs, group.Kind, group.Message));
        Page<RunView> found = await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs?filter={Uri.EscapeDataString(group.Filter)}");
        Assert.Equal(group.First.Select(run => run.Id), found.Items.Select(run => run.Id));
        Assert.Equal(new RunFailure(FailureKind.Diverged, "it was Diverged"), ended.FirstFailure);
    }

    [Fact]
    public async Task Retry_LongAfterTheFirstAttempt_AddsNoWaitingToTheTimeTrained()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using TestHost host = await TestHost.StartAsync(_folder, time);
        var worker = new ScriptedWorker(host);
        string sweep = (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1))).Id;
        RunClaimed first = await worker.ClaimAsync();
        time.Advance(TimeSpan.FromSeconds(4));
        await worker.EndAsync(first, AttemptOutcome.Failed, FailureKind.Diverged);
        await host.UntilAsync(sweep, s => s.RunCounts.Failed == 1);
        time.Advance(TimeSpan.FromHours(1));
        await host.PostAsync<RunView>($"/api/runs/{first.RunId}/retry");
        await worker.ClaimAsync();
        time.Advance(TimeSpan.FromSeconds(3));

        RunView training = await host.GetAsync<RunView>($"/api/runs/{first.RunId}");
        SweepView whole = await host.GetAsync<SweepView>($"/api/sweeps/{sweep}");

        Assert.Equal((4.0, time.GetUtcNow().AddSeconds(-3)), (training.TrainedSeconds, training.TrainingSince));
        Assert.Equal(7, whole.TrainedSeconds, tolerance: 1e-6);
    }
}
