using Bunit;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Launch;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Launch;

/// <summary>A draft outlives a restart of the server.</summary>
public sealed class LaunchKeepingTests : DashboardContext
{
    public LaunchKeepingTests() => Orchestrator.On("POST /api/sweeps/preview", new SweepPreview(3, 0, 1, 3));

    [Fact]
    public async Task Change_Draft_IsLeftWithTheBrowserAsYaml()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#hp-seed").Change("1 4711"));

        await AdvanceUntilAsync(() => Assert.Contains("4711", (string)JSInterop.Invocations["dashboardReconnect.keep"][^1].Arguments[0]!, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_DraftThatARestartInterrupted_GoesOnWithIt()
    {
        JSInterop.Setup<string?>("dashboardReconnect.take").SetResult("# mine\nname: half-written\ndataset: digits\ngrid:\n  seed: [1, 2, 3, 4]\n");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/new?tab=yaml");

        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        page.WaitForAssertion(() => Assert.Equal("4", Cells(page)));
        Assert.StartsWith("# mine\nname: half-written", page.Find("textarea").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_FormThatARestartInterruptedBeforeItHadAName_GoesOnWithIt()
    {
        IRenderedComponent<LaunchPage> before = Render<LaunchPage>();
        before.Find("#hp-seed").Change("1 2 3 4");
        await AdvanceUntilAsync(() => Assert.Contains("seed", (string)JSInterop.Invocations["dashboardReconnect.keep"][^1].Arguments[0]!, StringComparison.Ordinal));
        JSInterop.Setup<string?>("dashboardReconnect.take").SetResult((string)JSInterop.Invocations["dashboardReconnect.keep"][^1].Arguments[0]!);

        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        page.WaitForAssertion(() => Assert.Equal("4", Cells(page)));
        Assert.NotNull(page.Find("button[aria-label='Remove 4 from Seed']"));
    }

    [Fact]
    public async Task Click_DiscardYaml_IsNotLeftWithTheBrowserAnyLonger()
    {
        NavigationManager navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/sweeps/new?tab=yaml");
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("textarea").Input("name: [oops"));
        await AdvanceUntilAsync(() => Assert.Equal("name: [oops", JSInterop.Invocations["dashboardReconnect.keep"][^1].Arguments[0]));
        navigation.NavigateTo("/sweeps/new");

        page.WaitForElement("#outdated-title");
        Act(page, () => page.FindAll(".actions button").Single(button => button.TextContent.Contains("Discard it", StringComparison.Ordinal)).Click());

        await AdvanceUntilAsync(() => Assert.DoesNotContain("oops", (string)JSInterop.Invocations["dashboardReconnect.keep"][^1].Arguments[0]!, StringComparison.Ordinal));
    }

    private static string Cells(IRenderedComponent<LaunchPage> page) => page.Find("#cell-count").TextContent;
}
