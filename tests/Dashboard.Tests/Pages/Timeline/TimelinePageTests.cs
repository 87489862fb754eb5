using Bunit;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Components.Pages.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Timeline;

public sealed class TimelinePageTests : DashboardContext
{
    public TimelinePageTests() => Orchestrator
        .On("GET /api/sweeps/s1", Samples.Sweep())
        .On("GET /api/runs/r1", Samples.Run(1))
        .On("GET /api/sweeps/s1/attempts", TimelineSamples.Mixed);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Render_Sweep_ShowsWorkersAndWhatWentWrong()
    {
        IRenderedComponent<TimelinePage> page = Open();

        Assert.Equal(2, page.FindAll("section[aria-labelledby=shares-title] tbody tr").Count);
        Assert.Equal(["runs/r4", "runs/r2"], page.FindAll("section[aria-labelledby=broken-title] a.run-link").Select(link => link.GetAttribute("href")));
        Assert.Contains("4 attempts of 2 workers", page.Find("figure").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal("Timeline", page.Find("nav.subnav a[aria-current=page]").TextContent);
    }

    [Fact]
    public async Task Zoom_Chart_GoesIntoTheAddressWithoutReadingAgain()
    {
        IRenderedComponent<TimelinePage> page = Open();
        int requests = Orchestrator.Requests.Count;
        FigureChart chart = page.FindComponent<FigureChart>().Instance;

        await page.InvokeAsync(() => chart.OnZoomed("2026-03-01 12:00:10", "2026-03-01 12:00:20.5"));

        Assert.Contains("from=2026-03-01T12%3A00%3A10.000&to=2026-03-01T12%3A00%3A20.500", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(requests, Orchestrator.Requests.Count);

        await page.InvokeAsync(() => page.FindAll("button").Single(button => button.TextContent == "Show all").Click());

        Assert.DoesNotContain("from=", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_ByRun_GoesIntoTheAddress()
    {
        IRenderedComponent<TimelinePage> page = Open();

        await page.InvokeAsync(() => page.FindAll("button").Single(button => button.TextContent == "By run").Click());

        Assert.EndsWith("?by=run", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("true", page.FindAll("button").Single(button => button.TextContent == "By run").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void Render_NothingTrained_SaysWhy()
    {
        Orchestrator
            .On("GET /api/sweeps/s1", Samples.Sweep() with { RunCounts = new RunCounts(0, 4, 0, 0, 0, 0) })
            .On("GET /api/sweeps/s1/attempts", TimelineSamples.Of());

        IRenderedComponent<TimelinePage> page = Render<TimelinePage>(parameters => parameters.Add(page => page.Id, "s1"));

        page.WaitForAssertion(() => Assert.Contains("No worker has taken a run yet", page.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<TimelinePage> Open()
    {
        Navigation.NavigateTo("/sweeps/s1/timeline");
        IRenderedComponent<TimelinePage> page = Render<TimelinePage>(parameters => parameters.Add(page => page.Id, "s1"));
        page.WaitForElement("figure");
        return page;
    }
}
