using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Palette;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Experiments.Dashboard.Tests.Palette;

public sealed class PaletteDialogTests : DashboardContext
{
    private readonly IRenderedComponent<MudDialogProvider> _page;
    private Task<PaletteChoice?>? _choice;

    public PaletteDialogTests()
    {
        Orchestrator
            .On("GET /api/sweeps?q=", new Page<SweepView>(1, [Samples.Sweep()]))
            .On("GET /api/sweeps?skip", new Page<SweepView>(1, [Samples.Sweep()]))
            .On("GET /api/sweeps/s1/runs?filter=cell%20%3D%203", new Page<RunView>(1, [Samples.Run(3)]))
            .On("GET /api/runs?q=", new[] { new FoundRun("r9", "s2", "flowers", 9, "baseline", "resnet18", RunStatus.Completed) });
        Render<MudPopoverProvider>();
        _page = Render<MudDialogProvider>();
    }

    private string Here => Services.GetRequiredService<NavigationManager>().ToBaseRelativePath(Services.GetRequiredService<NavigationManager>().Uri);

    [Fact]
    public async Task Open_OnASweepsPage_ListsItsPagesActionsAndSweeps()
    {
        await OpenAsync("sweeps/s1");

        _page.WaitForAssertion(() => Assert.Contains("digits-quickstart", Labels()));
        Assert.Equal("Runs of this sweep", Labels()[0]);
        Assert.Contains("New sweep", Labels());
        Assert.Contains("Theme: dark", Labels());
    }

    [Theory]
    [InlineData("resnet18", "resnet18")]
    [InlineData("model vit", "vit_b_16")]
    [InlineData("baseline", "#9 baseline")]
    [InlineData("digits-quick", "digits-quickstart")]
    public async Task Type_Words_FindsModelsRunsAndSweeps(string text, string label)
    {
        await OpenAsync("");

        await TypeAsync(text);

        _page.WaitForAssertion(() => Assert.Contains(label, Labels()));
    }

    [Fact]
    public async Task Enter_NumberOnASweepsPage_OpensThatRunOfIt()
    {
        await OpenAsync("sweeps/s1");
        await TypeAsync("#3");
        _page.WaitForAssertion(() => Assert.Contains("#3", Labels()));
        int index = Labels().ToList().IndexOf("#3");

        for (int step = 0; step < index; step++)
        {
            await _page.InvokeAsync(() => _page.Find("input").KeyDown(new KeyboardEventArgs { Key = "ArrowDown" }));
        }

        await _page.InvokeAsync(() => _page.Find("input").KeyDown(new KeyboardEventArgs { Key = "Enter" }));

        Assert.Equal("runs/r3", Here);
    }

    [Fact]
    public async Task Click_Theme_IsAnsweredToThePage()
    {
        await OpenAsync("");
        await TypeAsync("theme dark");

        await _page.InvokeAsync(() => _page.Find("li").Click());

        Assert.Equal(Experiments.Dashboard.Components.Themes.ThemeChoice.Dark, (await _choice!)!.Theme);
    }

    [Fact]
    public async Task Type_OrchestratorAway_SaysSoAndKeepsPages()
    {
        Orchestrator.IsDown = true;
        await OpenAsync("");

        await TypeAsync("workers");

        Assert.Contains("Workers", Labels());
        _page.WaitForAssertion(() => Assert.NotEmpty(_page.Find(".palette-note").TextContent));
    }

    private IReadOnlyList<string> Labels() => [.. _page.FindAll(".palette-label").Select(label => label.TextContent)];

    private Task TypeAsync(string text) => _page.InvokeAsync(() => _page.Find("input").Input(text));

    private async Task OpenAsync(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        await _page.InvokeAsync(() => { _choice = PaletteDialog.ShowAsync(Services.GetRequiredService<IDialogService>()); });
        _page.WaitForElement(".palette-list");
    }
}
