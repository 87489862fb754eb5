using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Pages.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Search;

public sealed class SearchPageTests : DashboardContext
{
    public SearchPageTests() => Orchestrator
        .On("GET /api/sweeps/s1", Samples.Sweep())
        .On("GET /api/runs/r1", Samples.Run(1))
        .On("GET /api/sweeps/s1/progress", SearchSamples.Progress)
        .On("GET /api/sweeps/s1/search", SearchSamples.View)
        .On("GET /api/sweeps/s1/search/rungs", SearchSamples.Rungs);

    [Fact]
    public void Render_SamplerAndRule_TellsWhatIsNext()
    {
        IRenderedComponent<SearchPage> page = Open();

        Assert.Equal("Next: 2 training, 25 waiting to continue, 3 waiting for the first epoch, 1,200 still to be proposed.", page.Find(".search-next").TextContent);
        Assert.Equal("runs/r2", page.Find(".search-promotions a").GetAttribute("href"));
        Assert.Contains("and 24 more", page.Find(".search-promotions").TextContent, StringComparison.Ordinal);
        Assert.Equal("Search", page.Find("nav.subnav a[aria-current=page]").TextContent);
    }

    [Fact]
    public void Render_Rungs_CountsThemAndNamesTheFates()
    {
        IRenderedComponent<SearchPage> page = Open();

        Assert.Equal(["5", "2"], page.FindAll("table.rungs tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal(["stopped", "paused", "failed or cancelled", "continued"], page.FindAll("section[aria-labelledby=rungs-title] .legend span").Select(key => key.TextContent));
        Assert.Contains("after epoch 1 5 runs, of which 3 continued", page.Find("section[aria-labelledby=rungs-title] figure").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Decisions_ShowsTheNewestFirstWithReasons()
    {
        IRenderedComponent<SearchPage> page = Open();

        Assert.Equal(["runs/r2", "runs/r1"], page.FindAll("section[aria-labelledby=decisions-title] a").Select(link => link.GetAttribute("href")));
        Assert.StartsWith("promoted after epoch 1 at 0.5", page.Find(".decision-reason").TextContent, StringComparison.Ordinal);
        Assert.Contains(Orchestrator.Requests, request => request.EndsWith("/search?decisions=50", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Progress_DrawsItOverTimeAndEpochs()
    {
        IRenderedComponent<SearchPage> page = Open();

        Assert.Equal(
            ["Best validation/accuracy over time: 0.6000 by run 2", "Best validation/accuracy over epochs: 0.6000 by run 2"],
            page.FindAll("section[aria-labelledby=progress-title] figure").Select(figure => figure.GetAttribute("aria-label")));
        Assert.Equal("40 of 160 epochs trained (25 %), 12 shared", page.Find("section[aria-labelledby=progress-title] .card-note").TextContent);
    }

    [Fact]
    public void Render_NoEpochYet_SaysSo()
    {
        Orchestrator.On("GET /api/sweeps/s1/progress", SearchSamples.Progress with { Points = [], Epochs = 0, LastAt = null });

        Assert.Contains("No run has finished an epoch yet.", Open().Find("section[aria-labelledby=progress-title]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_PlainGridThatHasEnded_SaysThatNothingIsLeft()
    {
        Orchestrator
            .On("GET /api/sweeps/s1", Samples.Sweep(status: SweepStatus.Completed))
            .On("GET /api/sweeps/s1/progress", SearchSamples.Progress)
            .On("GET /api/sweeps/s1/search", new SearchView { Sampler = "grid", Rule = "none", Rungs = [], Decisions = [], Next = new SearchNext(0, 0, 0, []) });

        IRenderedComponent<SearchPage> page = Open();

        Assert.Equal("Nothing is left to train.", page.Find(".search-next").TextContent);
        Assert.Empty(page.FindAll("table"));
        Assert.DoesNotContain(Orchestrator.Requests, request => request.Contains("search/rungs", StringComparison.Ordinal));
    }

    private IRenderedComponent<SearchPage> Open()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1/search");
        IRenderedComponent<SearchPage> page = Render<SearchPage>(parameters => parameters.Add(page => page.Id, "s1"));
        page.WaitForElement(".search-next");
        return page;
    }
}
