using System.Text.Json;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Dashboard.Components.Pages.Sweeps;
using MudBlazor;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

public sealed class ExtendDialogTests : DashboardContext
{
    [Fact]
    public async Task Input_MoreEpochs_SaysThatTheyTrainFromTheBeginningBeforeItExtends()
    {
        Orchestrator
            .On("POST /api/sweeps/s1/extend", Samples.Sweep())
            .On("POST /api/sweeps/s1/extend/preview", new SweepPreview(2, 0, 0, 2)
            {
                Warnings = [new SweepWarning("grid.epochs", "2 runs train from the beginning, for 20 epochs", [5, 6])],
            });
        IRenderedComponent<MudDialogProvider> dialogs = Open();

        await dialogs.InvokeAsync(() => dialogs.Find("#extend-grid").Input("epochs: [20]"));

        dialogs.WaitForAssertion(() => Assert.Equal("2 new runs, 2 to train.", dialogs.Find("#extend-preview").TextContent));
        Assert.Contains("2 runs train from the beginning", dialogs.Find(".extend-warning").TextContent, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Extend").Click());
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("#extend-grid")));
        Assert.Contains(Orchestrator.Requests, request => request.EndsWith("/api/sweeps/s1/extend", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, 2, 1, "4 new runs, 3 to train. 2 duplicates: these combinations exist already.")]
    [InlineData(1, 1, 0, "1 new run, 1 to train. 1 duplicate: this combination exists already.")]
    [InlineData(0, 3, 0, "No new runs. 3 duplicates: these combinations exist already.")]
    public async Task Input_ExistingValues_AreReported(int runs, int duplicates, int reused, string expected)
    {
        Orchestrator.On("POST /api/sweeps/s1/extend/preview", new SweepPreview(runs + duplicates, duplicates, reused, runs));
        IRenderedComponent<MudDialogProvider> dialogs = Open();

        await dialogs.InvokeAsync(() => dialogs.Find("#extend-grid").Input("epochs: [20]"));

        dialogs.WaitForAssertion(() => Assert.Equal(expected, dialogs.Find("#extend-preview").TextContent));
        Assert.Equal(runs == 0, dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Extend").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Input_NoYaml_SaysWhereAndAsksNothing()
    {
        IRenderedComponent<MudDialogProvider> dialogs = Open();

        await dialogs.InvokeAsync(() => dialogs.Find("#extend-grid").Input("epochs: [20"));

        dialogs.WaitForAssertion(() => Assert.StartsWith("line ", dialogs.Find(".field-error").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(Orchestrator.Requests, request => request.Contains("extend", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Input_MoreRunsOfASpace_AsksForThemWithoutAGrid()
    {
        Orchestrator.On("POST /api/sweeps/s1/extend/preview", new SweepPreview(5, 0, 0, 5));
        using var spec = JsonDocument.Parse("""{ "name": "s", "dataset": "digits", "space": { "seed": { "min": 1, "max": 99 } }, "search": { "runs": 10 } }""");
        IRenderedComponent<MudDialogProvider> dialogs = Open(Samples.Sweep() with { Spec = spec.RootElement });
        Assert.Equal("10", dialogs.Find("#extend-runs").GetAttribute("value"));

        await dialogs.InvokeAsync(() => dialogs.Find("#extend-runs").Input("15"));

        dialogs.WaitForAssertion(() => Assert.Equal("5 new runs, 5 to train.", dialogs.Find("#extend-preview").TextContent));
    }

    private IRenderedComponent<MudDialogProvider> Open() => Open(Samples.Sweep());

    private IRenderedComponent<MudDialogProvider> Open(SweepView sweep)
    {
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<SweepActionBar> bar = Render<SweepActionBar>(parameters => parameters.Add(bar => bar.Sweep, sweep));
        bar.FindAll("button").Single(button => button.TextContent.Trim() == "Extend").Click();
        dialogs.WaitForElement("#extend-grid");
        return dialogs;
    }
}
