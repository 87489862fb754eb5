using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Launch;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Experiments.Dashboard.Tests.Pages.Launch.Starts;

/// <summary>The initial content of the new-sweep page, which depends only on its address.</summary>
public sealed class LaunchStartTests : DashboardContext
{
    public LaunchStartTests() => Orchestrator.On("POST /api/sweeps/preview", new SweepPreview(12, 0, 0, 12));

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Render_Empty_OffersTheExamplesWithDataSetAndRuns()
    {
        IRenderedComponent<LaunchPage> page = Open("/sweeps/new");

        Assert.Contains("digits · 12 runs", Tile(page, "quickstart").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_Example_FillsTheFormAndIsInTheAddress()
    {
        IRenderedComponent<LaunchPage> page = Open("/sweeps/new");

        await page.InvokeAsync(() => Tile(page, "quickstart").Click());

        page.WaitForAssertion(() => Assert.Equal("digits-quickstart", Name(page)));
        Assert.EndsWith("?template=quickstart", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("12 runs, a few minutes", page.Find(".started").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".starts"));
    }

    [Fact]
    public void Render_UnknownExample_NamesThoseThereAreAndOffersThem()
    {
        IRenderedComponent<LaunchPage> page = Open("/sweeps/new?template=nothing");

        Assert.Contains("There is no example “nothing”; there are quickstart,", page.Markup, StringComparison.Ordinal);
        Assert.NotNull(Tile(page, "quickstart"));
    }

    [Fact]
    public void Render_SweepThatIsGone_SaysSoAboveAnEmptyForm()
    {
        IRenderedComponent<LaunchPage> page = Open("/sweeps/new?from=s7");

        page.WaitForAssertion(() => Assert.Contains("Sweep s7 could not be loaded", page.Markup, StringComparison.Ordinal));
        Assert.Equal("", Name(page));
    }

    [Fact]
    public async Task Input_WordsAmongEarlierSweeps_AsksForThemAndStartsFromTheChosenOne()
    {
        Orchestrator
            .On("GET /api/sweeps?take=6", new Page<SweepView>(0, []))
            .On("GET /api/sweeps?q=quick&take=6", new Page<SweepView>(1, [Samples.Sweep("s4")]))
            .On("GET /api/sweeps/s4", Samples.Sweep("s4"));
        IRenderedComponent<LaunchPage> page = Open("/sweeps/new?start=earlier");
        page.WaitForAssertion(() => Assert.Contains("No sweep has been launched yet.", page.Markup, StringComparison.Ordinal));

        Act(page, () => page.Find("input[aria-label='Search earlier sweeps']").Input("quick"));
        await AdvanceUntilAsync(() => Assert.Contains("model, learning rate", Tile(page, "digits-quickstart").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => Tile(page, "digits-quickstart").Click());

        page.WaitForAssertion(() => Assert.Equal("digits-quickstart", Name(page)));
        Assert.EndsWith("/sweeps/new?from=s4", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_SomethingElse_AsksBeforeWhatWasWrittenIsLost()
    {
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<LaunchPage> page = Open("/sweeps/new?template=quickstart");
        Act(page, () => page.Find("#hp-epochs").Change("7"));

        Task click = page.Find(".started button").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("Start over?", dialogs.Markup, StringComparison.Ordinal));
        Act(dialogs, () => dialogs.FindAll("button").Single(button => button.TextContent.Contains("Keep editing", StringComparison.Ordinal)).Click());
        await click;
        Assert.Equal("digits-quickstart", Name(page));

        click = page.Find(".started button").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("Start over?", dialogs.Markup, StringComparison.Ordinal));
        Act(dialogs, () => dialogs.FindAll("button").Single(button => button.TextContent.Contains("Replace", StringComparison.Ordinal)).Click());
        await click;
        page.WaitForAssertion(() => Assert.Equal("", Name(page)));
        Assert.EndsWith("/sweeps/new", Navigation.Uri, StringComparison.Ordinal);
    }

    /// <summary>Navigates as the back button does.</summary>
    [Fact]
    public async Task Navigate_ToAnotherStart_AsksBeforeWhatWasWrittenIsLost()
    {
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<LaunchPage> page = Open("/sweeps/new?template=quickstart");
        Act(page, () => page.Find("#hp-epochs").Change("7"));

        Task going = page.InvokeAsync(() => Navigation.NavigateTo("/sweeps/new"));
        dialogs.WaitForAssertion(() => Assert.Contains("Start over?", dialogs.Markup, StringComparison.Ordinal));
        Act(dialogs, () => dialogs.FindAll("button").Single(button => button.TextContent.Contains("Keep editing", StringComparison.Ordinal)).Click());
        await going;

        // A prevented navigation does not render, so waiting for the page would check only once.
        await AdvanceUntilAsync(() => Assert.Equal(NavigationState.Prevented, Assert.IsType<BunitNavigationManager>(Navigation).History.First().State));
        Assert.Equal("digits-quickstart", Name(page));
        Assert.EndsWith("?template=quickstart", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Navigate_ToAnotherStartWithNothingWritten_AsksNothing()
    {
        IRenderedComponent<LaunchPage> page = Open("/sweeps/new?template=quickstart");

        Navigation.NavigateTo("/sweeps/new");

        page.WaitForAssertion(() => Assert.Equal("", Name(page)));
    }

    private IRenderedComponent<LaunchPage> Open(string address)
    {
        Navigation.NavigateTo(address);
        return Render<LaunchPage>();
    }

    private static string Name(IRenderedComponent<LaunchPage> page) => page.Find("#sweep-name").GetAttribute("value") ?? "";

    private static IElement Tile(IRenderedComponent<LaunchPage> page, string name) =>
        page.FindAll("button.start").Single(tile => tile.QuerySelector("b")!.TextContent == name);
}
