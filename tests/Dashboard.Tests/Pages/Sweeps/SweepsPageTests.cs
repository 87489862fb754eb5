using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

public sealed class SweepsPageTests : DashboardContext
{
    [Fact]
    public void Render_NoSweeps_SaysWhatThisIsAndOffersThreeWaysToBegin()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(0, []));

        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();

        page.WaitForAssertion(() => Assert.Contains("No sweeps yet", page.Markup, StringComparison.Ordinal));
        Assert.Contains("trains one image classifier for each combination", page.Find(".first-visit").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll(".first-ways > li").Count);
        Assert.Equal(
            ["sweeps/new?template=quickstart", "sweeps/new", "sweeps/new?tab=yaml", "datasets/imagefolder"], page.FindAll(".first-ways a").Select(way => way.GetAttribute("href")));
    }

    [Fact]
    public void Render_Sweeps_ShowsProgressAndBest()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()]));

        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();

        page.WaitForAssertion(() => Assert.Contains("0.9877", page.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("2 of 4 runs · 1 running · 1 failed", page.Find("tbody").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("2", page.Find("[role=progressbar]").GetAttribute("aria-valuenow")));
    }

    [Fact]
    public void Render_SweepWithFailedRuns_ShowsTheFirstReasonAndHowLongItTrained()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep(status: SweepStatus.Failed) with
        {
            FirstFailure = new RunFailure(FailureKind.Diverged, "the training loss became NaN"),
            FinishedAt = Samples.Time.AddMinutes(85),
            TrainedSeconds = 125,
        }]));

        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();

        page.WaitForAssertion(() => Assert.Equal("diverged: the training loss became NaN", page.Find(".row-failure").TextContent));
        Assert.Equal("trained 2 min 05 s", page.FindAll("td .row-sub")[^1].TextContent.Trim());
        Assert.Contains("wall time 1 h 25 min", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_SearchInTheAddress_FiltersAndSaysSo()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()])).On("GET /api/sweeps?q=flowers&archived=false", new Page<SweepView>(0, []));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps?q=flowers");

        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();

        page.WaitForAssertion(() => Assert.Contains("No sweep matches", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_AddressAsksForWhatThereIsNot_QuotesItAndOffersThePageWithoutIt()
    {
        Orchestrator
            .On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()]))
            .OnProblem(
                "GET /api/sweeps?status=zzz", System.Net.HttpStatusCode.BadRequest, "The request is not valid.",
                new Dictionary<string, string[]> { ["status"] = ["not a status: \"zzz\"; allowed: running"] });
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps?status=zzz");

        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();

        page.WaitForAssertion(() => Assert.Contains("\"zzz\"; allowed: running", page.Find(".empty").TextContent, StringComparison.Ordinal));
        Assert.Equal("sweeps", page.Find(".empty a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("archived=maybe")]
    [InlineData("page=abc")]
    [InlineData("page=")]
    public void Render_AddressTypedWrongly_ShowsTheListAllTheSame(string query)
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()]));
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/sweeps?{query}");

        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();

        page.WaitForAssertion(() => Assert.Contains("digits-quickstart", page.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Render_PageBehindTheLast_SaysSoAndLeadsBack()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()])).On("GET /api/sweeps?archived=false&skip=99800", new Page<SweepView>(1, []));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps?page=999");
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Contains("There is no page 999", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("No sweeps yet", page.Markup, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll("button").Single(button => button.TextContent.Contains("First page", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.Contains("digits-quickstart", page.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Change_ArchivedToo_GoesIntoTheAddressAndListsThem()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep() with { ArchivedAt = Samples.Time }])).On("GET /api/sweeps?archived=false", new Page<SweepView>(0, []));
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Contains("No sweeps yet", page.Markup, StringComparison.Ordinal));

        page.FindAll("label.check").Single(label => label.TextContent.Contains("Show archived", StringComparison.Ordinal)).QuerySelector("input")!.Change(true);

        Assert.EndsWith("?archived=true", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.OrdinalIgnoreCase);
        page.WaitForAssertion(() => Assert.Contains("archived", page.Find("tr.is-archived").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Click_Archive_PutsTheSweepAway()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()])).On("PATCH /api/sweeps/s1", Samples.Sweep());
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForElement("tbody tr");

        await page.InvokeAsync(() => page.Find("button[aria-label='Archive digits-quickstart']").Click());

        page.WaitForAssertion(() => Assert.Equal("""{"archived":true}""", Orchestrator.LastChange));
        Assert.NotNull(page.Find("a[href='sweeps/new?from=s1']"));
    }

    [Fact]
    public async Task Click_Head_SortsByItOnTheServer()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(2, [Samples.Sweep("s1"), Samples.Sweep("s2")]));
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForElement("tbody tr");
        Assert.Equal("descending", page.FindAll("thead th").Single(head => head.TextContent.Contains("Created", StringComparison.Ordinal)).GetAttribute("aria-sort"));

        await page.InvokeAsync(() => page.FindAll("button.sort").Single(button => button.TextContent.Contains("Best so far", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.Contains("GET /api/sweeps?archived=false&sort=-best&skip=0&take=100", Orchestrator.Requests));
        Assert.Equal(7, page.FindAll("button.sort").Count);
    }

    [Fact]
    public void Click_GroupByTag_ListsTheSweepsOfEachTagAndThoseWithoutLast()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(3, [Samples.Sweep("s1") with { Tags = ["b", "a"] }, Samples.Sweep("s2") with { Tags = [] }, Samples.Sweep("s3") with { Tags = ["b"] }]));
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForElement("tbody tr");

        page.FindAll("label.check").Single(label => label.TextContent.Contains("Group by tag", StringComparison.Ordinal)).QuerySelector("input")!.Change(true);

        page.WaitForAssertion(() => Assert.Equal(["a 1", "b 2", "No tag 1"], page.FindAll("tr.group-row").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));
        Assert.Equal(["s1", "s1", "s3", "s2"], page.FindAll("tr[data-open]").Select(row => row.GetAttribute("data-key")));
    }

    [Theory]
    [InlineData("Compare best runs", "/compare?ids=r1,r9")]
    [InlineData("Compare all 8 runs", "/compare?ids=r1,r2,r9")]
    public async Task Click_Checkboxes_ComparesTheBestRunsOrAllOfThem(string button, string address)
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(2, [Samples.Sweep("s1"), Samples.Sweep("s2") with { BestRunId = "r9" }]))
            .On("GET /api/sweeps/s1/runs", new Page<RunView>(2, [Samples.Run(1), Samples.Run(2)]))
            .On("GET /api/sweeps/s2/runs", new Page<RunView>(1, [Samples.Run(9)]));
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForElement("tbody tr");
        Assert.True(Button(page, "Compare best runs").HasAttribute("disabled"));

        await page.InvokeAsync(() => page.Find("input[aria-label='Select all sweeps of this page']").Change(true));
        page.WaitForAssertion(() => Assert.Equal("2 selected", page.Find(".bulk-count").TextContent));
        await page.InvokeAsync(() => Button(page, button).Click());

        page.WaitForAssertion(() => Assert.EndsWith(address, Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Click_ArchiveSelected_PutsThemAway()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()])).On("PATCH /api/sweeps/s1", Samples.Sweep());
        Services.GetRequiredService<NavigationManager>().NavigateTo("sweeps?selected=s1,gone");
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Equal("1 selected", page.Find(".bulk-count").TextContent));

        await page.InvokeAsync(() => Button(page, "Archive").Click());

        page.WaitForAssertion(() => Assert.Equal("""{"archived":true}""", Orchestrator.LastChange));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<SweepsPage> page, string text) =>
        page.FindAll(".bulk-bar button").Single(button => button.TextContent.Trim() == text);

    [Fact]
    public void Render_OrchestratorAway_SaysSoAndComesBackByItself()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()]));
        Orchestrator.IsDown = true;
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Contains("The Orchestrator does not answer", page.Markup, StringComparison.Ordinal));

        Orchestrator.IsDown = false;
        Services.GetRequiredService<ChangeListener>().Publish(null);

        page.WaitForAssertion(() => Assert.Contains("digits-quickstart", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Publish_SweepChanged_ShowsItsNewState()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()]));
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Contains("running", page.Find(".badge").TextContent, StringComparison.Ordinal));

        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep(status: SweepStatus.Paused)]));
        Services.GetRequiredService<ChangeListener>().Publish(new ChangeEvent(ChangeKind.Sweep, "s1", "s1"));

        page.WaitForAssertion(() => Assert.Contains("paused", page.Find(".badge").TextContent, StringComparison.Ordinal));
    }
}
