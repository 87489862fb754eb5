using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Control;

/// <summary>Uses a separate host: its worker would claim the runs of other tests.</summary>
public sealed class BulkLifecycleTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task Bulk_CancelThenRetryByFilter_GoesThroughTheLifeOfRuns()
    {
        var worker = new ScriptedWorker(Host);
        string sweep = (await Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(4, name: "bulk"))).Id;
        RunClaimed first = await worker.ClaimAsync();
        await worker.CompleteAsync(first);
        await Host.UntilAsync(sweep, s => s.RunCounts.Completed == 1);
        RunClaimed running = await worker.ClaimAsync();

        BulkResult foreseen = await BulkAsync($$"""{"action":"cancel","sweepId":"{{sweep}}","filter":"seed <= 3","dryRun":true}""");
        Assert.Equal((3, 2), (foreseen.Total, foreseen.Done));
        Assert.Equal(0, (await Host.GetAsync<SweepView>($"/api/sweeps/{sweep}")).RunCounts.Cancelled);

        BulkResult cancelled = await BulkAsync($$"""{"action":"cancel","sweepId":"{{sweep}}","filter":"seed <= 3"}""");
        Assert.Equal([(1, false), (2, true), (3, true)], cancelled.Runs.Select(run => (run.Cell, run.Done)));
        Assert.Contains("is completed; only runs that have not ended", cancelled.Runs[0].Reason, StringComparison.Ordinal);
        Assert.Equal(AttemptDirective.Cancel, (await worker.BeatAsync(running)).Attempt);
        await worker.EndAsync(running, AttemptOutcome.Completed);
        RunClaimed last = await worker.ClaimAsync();
        await worker.CompleteAsync(last);
        SweepView ended = await Host.UntilAsync(sweep, s => s.RunCounts.Ended == 4);
        Assert.Equal((SweepStatus.Cancelled, 2, 2), (ended.Status, ended.RunCounts.Completed, ended.RunCounts.Cancelled));

        BulkResult retried = await BulkAsync($$"""{"action":"retry","ids":["{{running.RunId}}","{{first.RunId}}","nonsense"]}""");
        Assert.Equal((3, 1), (retried.Total, retried.Done));
        Assert.Equal([null, "run #1 is completed; only failed and cancelled runs can be retried", "there is no run \"nonsense\""], retried.Runs.Select(run => run.Reason));
        Assert.Equal(SweepStatus.Running, (await Host.GetAsync<SweepView>($"/api/sweeps/{sweep}")).Status);
        RunClaimed again = await worker.ClaimAsync();
        Assert.Equal((running.RunId, 2), (again.RunId, again.Attempt));
        await worker.CompleteAsync(again);
    }

    private Task<BulkResult> BulkAsync(string body) => Host.PostAsync<BulkResult>("/api/runs/bulk", body, "application/json");
}
