using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps.Proposals;

public sealed class SearchContinuationTests : HostContext
{
    [Fact]
    public async Task Ends_OfRuns_ProposeTheNextUntilAllHaveEnded()
    {
        SweepPreview preview = await Host.PostAsync<SweepPreview>("/api/sweeps/preview", Yaml(13));
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(13));
        Assert.Equal((13, 13, 3), (preview.Cells, preview.Runs, preview.ToCome));
        Assert.Equal(10, sweep.RunCounts.Total);

        await CompleteAsync(9);
        Assert.Equal(11, (await Host.UntilAsync(sweep.Id, seen => seen.RunCounts.Completed == 9)).RunCounts.Total);
        await CompleteAsync(4);

        SweepView ended = await Host.UntilAsync(sweep.Id, seen => seen.Status == SweepStatus.Completed);
        Assert.Equal((13, 13), (ended.RunCounts.Total, ended.RunCounts.Completed));
        IReadOnlyList<RunView> runs = await RunsAsync(sweep);
        Assert.Equal(Enumerable.Range(1, 13), runs.Select(run => run.Cell));
        SearchView search = await Host.GetAsync<SearchView>($"/api/sweeps/{sweep.Id}/search");
        Assert.Equal(("tpe", "none", 0), (search.Sampler, search.Rule, search.ToCome));
        Assert.Equal(runs.Select(run => (run.Id, run.CreatedAt, "create")), search.Decisions.Select(decision => (decision.RunId, decision.Time, decision.Action)));
        Assert.Contains("0 results and 9 runs under way", search.Decisions[9].Reason, StringComparison.Ordinal);
        Assert.Contains("9 results and 1 run under way", search.Decisions[10].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grid: { seed: [1, 2] }", "grid")]
    [InlineData("space: { seed: [1, 2] }\nsearch: { sampler: quasirandom, runs: 2 }", "quasirandom")]
    public async Task Search_OfASweepWhoseRunsAreAllCreatedAtTheLaunch_HasNoDecisions(string members, string sampler)
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", $"name: s\ndataset: digits\n{members}\n");

        SearchView search = await Host.GetAsync<SearchView>($"/api/sweeps/{sweep.Id}/search");

        Assert.Equal((sampler, "none", 0), (search.Sampler, search.Rule, search.ToCome));
        Assert.Empty(search.Rungs);
        Assert.Empty(search.Decisions);
    }

    /// <summary>Its runs end in the transaction of the launch, so that the search continues in it.</summary>
    [Fact]
    public async Task Launch_SearchWhoseFirstResultsExist_TakesThemOverAndProposesTheNext()
    {
        SweepView first = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(10));
        await CompleteAsync(10);
        await Host.UntilAsync(first.Id, seen => seen.Status == SweepStatus.Completed);

        SweepView same = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(10));
        SweepView longer = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(13));

        Assert.Equal((SweepStatus.Completed, 10), (same.Status, same.RunCounts.Completed));
        Assert.Equal((await RunsAsync(first)).Select(run => run.Key), (await RunsAsync(same)).Select(run => run.Key));
        Assert.Equal((SweepStatus.Running, 10, 12, 1), (longer.Status, longer.RunCounts.Completed, longer.RunCounts.Total, longer.ToCome));
    }

    [Fact]
    public async Task Failure_OfTheLastRunUnderWay_DoesNotEndTheSearch()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(11));
        await CompleteAsync(9);
        var worker = new ScriptedWorker(Host);
        await worker.EndAsync(await worker.ClaimAsync(), AttemptOutcome.Failed, FailureKind.Diverged);
        await Host.UntilAsync(sweep.Id, seen => seen.RunCounts is { Failed: 1, Total: 11 });
        await CompleteAsync(1);

        SweepView ended = await Host.UntilAsync(sweep.Id, seen => seen.RunCounts.Ended == 11);
        Assert.Equal(SweepStatus.Failed, ended.Status);
    }

    [Fact]
    public async Task Cancel_OfOneRun_ProposesAnother()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(12, parallel: 10));

        await Host.PostAsync<RunView>($"/api/runs/{(await RunsAsync(sweep))[0].Id}/cancel", "");

        Assert.Equal(11, (await Host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).RunCounts.Total);
    }

    [Fact]
    public async Task Cancel_OfTheSweep_EndsTheSearchEvenIfARunIsRetried()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(20));
        await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/cancel", "");
        await Host.PostAsync<RunView>($"/api/runs/{(await RunsAsync(sweep))[3].Id}/retry", "");

        await CompleteAsync(1);

        SweepView ended = await Host.UntilAsync(sweep.Id, seen => seen.Status == SweepStatus.Cancelled);
        Assert.Equal((10, 1), (ended.RunCounts.Total, ended.RunCounts.Completed));
    }

    [Fact]
    public async Task Restart_BetweenEnds_GoesOnAsIfNothingHadBeen()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(13));
        await CompleteAsync(10);
        await Host.UntilAsync(sweep.Id, seen => seen.RunCounts.Completed == 10);
        await RestartAsync();
        await CompleteAsync(3);

        Assert.Equal(13, (await Host.UntilAsync(sweep.Id, seen => seen.Status == SweepStatus.Completed)).RunCounts.Total);
    }

    [Fact]
    public async Task Pause_WhileTheLastRunEnds_KeepsTheSweepPaused()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(12));
        await CompleteAsync(9);
        var worker = new ScriptedWorker(Host);
        RunClaimed last = await worker.ClaimAsync();
        await Host.UntilAsync(sweep.Id, seen => seen.RunCounts.Completed == 9);
        await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/pause", "");
        await worker.CompleteAsync(last);

        SweepView paused = await Host.UntilAsync(sweep.Id, seen => seen.RunCounts.Completed == 10);
        Assert.Equal((SweepStatus.Paused, 12), (paused.Status, paused.RunCounts.Total));
    }

    [Fact]
    public async Task Extend_EndedSearch_RunsOn()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml(10));
        await CompleteAsync(10);
        await Host.UntilAsync(sweep.Id, seen => seen.Status == SweepStatus.Completed);

        SweepPreview preview = await Host.PostAsync<SweepPreview>($"/api/sweeps/{sweep.Id}/extend/preview", "runs: 13");
        SweepView extended = await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "runs: 13");

        Assert.Equal((3, 3), (preview.Cells, preview.Runs));
        Assert.Equal((SweepStatus.Running, 12), (extended.Status, extended.RunCounts.Total));
        await CompleteAsync(3);
        Assert.Equal(13, (await Host.UntilAsync(sweep.Id, seen => seen.Status == SweepStatus.Completed)).RunCounts.Total);
    }

    private static string Yaml(int runs, int parallel = 2) => $$"""
        name: adaptive
        dataset: digits
        base: { epochs: 1 }
        space: { learningRate: { min: 1e-4, max: 1e-1, scale: log }, optimizer: [adam, sgd] }
        search: { sampler: tpe, runs: {{runs}}, seed: 7, parallel: {{parallel}} }
        """;

    private async Task CompleteAsync(int runs)
    {
        var worker = new ScriptedWorker(Host);
        for (int i = 0; i < runs; i++)
        {
            await worker.CompleteAsync(await worker.ClaimAsync());
        }
    }

    private async Task<IReadOnlyList<RunView>> RunsAsync(SweepView sweep) => (await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs")).Items;
}
