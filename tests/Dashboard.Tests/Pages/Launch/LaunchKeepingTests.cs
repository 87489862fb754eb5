using System.Net;
using Bunit;
using Experiments.Dashboard.Components.Pages.Launch;
using Experiments.Dashboard.Components.Pages.Launch.Drafts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Experiments.Dashboard.Tests.Pages.Launch;

/// <summary>A draft survives leaving the page, a reload and a restart of the server.</summary>
public sealed class LaunchKeepingTests : LaunchPageContext
{
    private const string Yaml = "name: half-written\ndataset: digits\ngrid:\n  seed: [1, 2, 3, 4]\n";

    [Fact]
    public async Task Change_Draft_IsLeftWithTheBrowserAsYaml()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#hp-seed").Change("1 4711"));

        await AdvanceUntilAsync(() => Assert.Contains("4711", (string)JSInterop.Invocations["dashboardDrafts.keep"][^1].Arguments[0]!, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_DraftThatARestartInterrupted_ContinuesIt()
    {
        Give("# mine\nname: half-written\ndataset: digits\ngrid:\n  seed: [1, 2, 3, 4]\n");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/new?tab=yaml");

        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        page.WaitForAssertion(() => Assert.Equal("4", Cells(page)));
        Assert.StartsWith("# mine\nname: half-written", page.Find("textarea").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_FormThatARestartInterruptedBeforeItHadAName_ContinuesIt()
    {
        IRenderedComponent<LaunchPage> before = Render<LaunchPage>();
        await before.InvokeAsync(() => before.Find("#hp-seed").Change("1 2 3 4"));
        await AdvanceUntilAsync(() => Assert.Contains("seed", (string)JSInterop.Invocations["dashboardDrafts.keep"][^1].Arguments[0]!, StringComparison.Ordinal));
        Give((string)JSInterop.Invocations["dashboardDrafts.keep"][^1].Arguments[0]!);

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
        await AdvanceUntilAsync(() => Assert.Equal("name: [oops", JSInterop.Invocations["dashboardDrafts.keep"][^1].Arguments[0]));
        navigation.NavigateTo("/sweeps/new");

        page.WaitForElement("#outdated-title");
        Act(page, () => page.FindAll(".actions button").Single(button => button.TextContent.Contains("Discard the YAML", StringComparison.Ordinal)).Click());

        await AdvanceUntilAsync(() => Assert.DoesNotContain("oops", (string)JSInterop.Invocations["dashboardDrafts.keep"][^1].Arguments[0]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispose_ChangedJustNow_KeepsTheChange()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("#sweep-name").Input("typed last"));

        await page.InvokeAsync(page.Instance.DisposeAsync);

        Assert.Equal("typed last", JSInterop.Invocations["dashboardDrafts.keep"][^1].Arguments[1]);
    }

    [Fact]
    public async Task Click_Launch_IsNoDraftAnyLonger()
    {
        Orchestrator.On("POST /api/sweeps", Samples.Sweep("s9"), HttpStatusCode.Created);
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("#sweep-name").Input("mine"));

        await page.InvokeAsync(() => Launch(page).Click());

        page.WaitForAssertion(() => Assert.EndsWith("/sweeps/s9", Navigation.Uri, StringComparison.Ordinal));
        Assert.Null(JSInterop.Invocations["dashboardDrafts.keep"][^1].Arguments[0]);
    }

    [Fact]
    public void Render_DraftOfThisTab_SaysThatItIsBackAndAsksForThatOfThisStart()
    {
        Give(Yaml);

        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        page.WaitForAssertion(() => Assert.Contains("is back", page.Find(".draft-bar").TextContent, StringComparison.Ordinal));
        Assert.Equal("|", JSInterop.Invocations["dashboardDrafts.take"].Single().Arguments[0]);
    }

    [Fact]
    public void Click_ResumeADraftOfAnotherTab_ContinuesIt()
    {
        JSInterop.Setup<KeptDraft[]?>("dashboardDrafts.list").SetResult([new KeptDraft("d2", "", Samples.Time)]);
        JSInterop.Setup<KeptDraft?>("dashboardDrafts.resume", "d2", "|").SetResult(new KeptDraft("d2", "", Samples.Time, Yaml));
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        page.WaitForElement("button[aria-label='Resume Unnamed sweep']");
        Act(page, () => page.Find("button[aria-label='Resume Unnamed sweep']").Click());

        page.WaitForAssertion(() => Assert.Equal("4", Cells(page)));
        Assert.Empty(page.FindAll(".drafts"));
    }

    [Fact]
    public void Render_AddressOfADraftThatIsGone_SaysSo()
    {
        Navigation.NavigateTo("/sweeps/new?draft=d3");

        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        page.WaitForAssertion(() => Assert.Contains("no longer in this browser", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("draft=", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_DiscardDraft_EmptiesTheFormAndTheBrowser()
    {
        Give(Yaml);
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        page.WaitForElement(".draft-bar button");

        Act(page, () => page.Find(".draft-bar button").Click());
        dialogs.WaitForElement(".mud-dialog-actions button");
        await dialogs.InvokeAsync(() => dialogs.FindAll(".mud-dialog-actions button")[^1].Click());

        page.WaitForAssertion(() => Assert.Equal("", page.Find("#sweep-name").GetAttribute("value") ?? ""));
        page.WaitForAssertion(() => Assert.Null(JSInterop.Invocations["dashboardDrafts.keep"][^1].Arguments[0]));
        Assert.Empty(page.FindAll(".draft-bar"));
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private void Give(string text) => JSInterop.Setup<KeptDraft?>("dashboardDrafts.take", _ => true).SetResult(new KeptDraft("d1", "half-written", Samples.Time, text));
}
