using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

public sealed class SweepsPageTests : DashboardContext
{
    [Fact]
    public void Render_NoSweeps_OffersToLaunchOne()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(0, []));

        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();

        page.WaitForAssertion(() => Assert.Contains("No sweeps yet", page.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.NotNull(page.Find("a[href='/sweeps/new']")));
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
    public void Render_SearchInTheAddress_FiltersAndSaysSo()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()]));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps?q=flowers");

        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();

        page.WaitForAssertion(() => Assert.Contains("No sweep matches", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_OrchestratorAway_SaysSoAndComesBackByItself()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()]));
        Orchestrator.IsDown = true;
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Contains("The Orchestrator does not answer", page.Markup, StringComparison.Ordinal));

        Orchestrator.IsDown = false;
        Services.GetRequiredService<ChangeFeed>().Publish(null);

        page.WaitForAssertion(() => Assert.Contains("digits-quickstart", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Publish_SweepChanged_ShowsItsNewState()
    {
        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep()]));
        IRenderedComponent<SweepsPage> page = Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Contains("running", page.Find(".badge").TextContent, StringComparison.Ordinal));

        Orchestrator.On("GET /api/sweeps", new Page<SweepView>(1, [Samples.Sweep(status: SweepStatus.Paused)]));
        Services.GetRequiredService<ChangeFeed>().Publish(new ChangeEvent(ChangeKind.Sweep, "s1", "s1"));

        page.WaitForAssertion(() => Assert.Contains("paused", page.Find(".badge").TextContent, StringComparison.Ordinal));
    }
}
