using AngleSharp.Dom;
using Bunit;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using MudBlazor;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

public sealed class FailureBannerTests : DashboardContext
{
    private const string Filter = "status = failed and failure = diverged";

    private readonly List<RunsTableState> _states = [];
    private readonly List<string> _bodies = [];

    [Fact]
    public void Render_FailedRuns_AreGroupedByReasonWithTheirRuns()
    {
        Orchestrator.On("GET /api/sweeps/s1/failures", new SweepFailures(13,
        [
            Group(FailureKind.Diverged, "the training loss became NaN; a smaller learning rate may help", 10),
            Group(FailureKind.Crash, "no luck", 3),
        ]));

        IRenderedComponent<FailureBanner> banner = Open(failed: 13);

        Assert.Equal("13 runs failed", banner.Find("h2").TextContent);
        Assert.Equal(
            ["10 of 14 diverged: the training loss became NaN; a smaller learning rate may help", "3 of 14 crashed: no luck"],
            banner.FindAll("li p").Select(line => line.TextContent));
        Assert.Equal(["runs/r1", "runs/r2", "runs/r3"], banner.FindAll("li")[1].QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal((8, "and 2 more"), (banner.FindAll("li")[0].QuerySelectorAll("a").Length, banner.Find(".failure-runs span").TextContent));
    }

    [Fact]
    public async Task Click_Show_ListsThemAlone()
    {
        Orchestrator.On("GET /api/sweeps/s1/failures", new SweepFailures(3, [Group(FailureKind.Diverged, "NaN", 3)]));
        IRenderedComponent<FailureBanner> banner = Open(failed: 3);

        await banner.InvokeAsync(() => Button(banner, "Show them alone").Click());

        Assert.Equal(new RunsTableState { Filter = Filter, Sort = "cell" }, Assert.Single(_states));
    }

    [Fact]
    public async Task Click_Retry_AsksFirstAndRetriesJustThem()
    {
        Orchestrator.On("GET /api/sweeps/s1/failures", new SweepFailures(3, [Group(FailureKind.Diverged, "NaN", 3)]));
        Orchestrator.On("POST /api/runs/bulk", request =>
        {
            _bodies.Add(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
            return new HttpResponseMessage { Content = System.Net.Http.Json.JsonContent.Create(new BulkResult(BulkAction.Retry, false, 3, 3, []), options: ContractJson.Options) };
        });
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<FailureBanner> banner = Open(failed: 3);

        await banner.InvokeAsync(() => Button(banner, "Retry").Click());
        dialogs.WaitForAssertion(() => Assert.Contains("Retry 3 runs?", dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains("\"dryRun\":true", Assert.Single(_bodies), StringComparison.Ordinal);
        await dialogs.FindAll("button").Single(button => button.TextContent.Contains("Retry 3 runs", StringComparison.Ordinal)).ClickAsync();

        dialogs.WaitForAssertion(() => Assert.Equal(2, _bodies.Count));
        Assert.Contains($"\"sweepId\":\"s1\",\"filter\":\"{Filter}\"", _bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_MoreReasons_ShowsAllOfThem()
    {
        Orchestrator.On("GET /api/sweeps/s1/failures", new SweepFailures(5, [.. Enumerable.Range(1, 5).Select(place => Group(FailureKind.Crash, $"reason {place}", 1) with { Filter = $"cell = {place}" })]));
        IRenderedComponent<FailureBanner> banner = Open(failed: 5);
        Assert.Equal(3, banner.FindAll("li").Count);

        await banner.InvokeAsync(() => Button(banner, "2 more reasons").Click());

        Assert.Equal(5, banner.FindAll("li").Count);
    }

    [Fact]
    public void Render_NoneFailed_AsksForNothing()
    {
        IRenderedComponent<FailureBanner> banner = Open(failed: 0);

        Assert.Empty(banner.Markup);
        Assert.Empty(Orchestrator.Requests);
    }

    private static FailureGroup Group(FailureKind kind, string message, int runs) =>
        new(kind, message, runs, Filter + (kind == FailureKind.Diverged ? "" : " or cell = 0"), [.. Enumerable.Range(1, runs).Select(cell => new FailedRun($"r{cell}", cell))]);

    private static IElement Button(IRenderedComponent<FailureBanner> banner, string text) =>
        banner.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private IRenderedComponent<FailureBanner> Open(int failed)
    {
        IRenderedComponent<FailureBanner> banner = Render<FailureBanner>(parameters => parameters
            .Add(banner => banner.Sweep, Samples.Sweep() with { RunCounts = new RunCounts(0, 0, 0, Completed: 1, failed, 0) })
            .Add(banner => banner.State, new RunsTableState { Sort = "cell", Status = "running", Group = "model" })
            .Add(banner => banner.StateChanged, _states.Add));
        if (failed > 0)
        {
            banner.WaitForElement("li");
        }

        return banner;
    }
}
