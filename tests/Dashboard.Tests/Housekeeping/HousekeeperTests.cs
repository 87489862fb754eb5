using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Housekeeping;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Experiments.Dashboard.Tests.Housekeeping;

public sealed class HousekeeperTests : DashboardContext
{
    private static readonly DeletionPreview Preview = new() { Runs = 2, Attempts = 3, Bytes = 3_000_000, ArtifactBytes = 2_097_152, Points = 1234, LogLines = 56 };

    [Fact]
    public async Task DeleteSweep_Confirmed_TellsWhatIsLostThenDeletes()
    {
        Orchestrator.On("GET /api/sweeps/s1/deletion", Preview).On("DELETE /api/sweeps/s1", _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        (IRenderedComponent<MudDialogProvider> dialogs, Task<bool> deleted) = Ask(keeper => keeper.DeleteSweepAsync("s1", "digits"));

        dialogs.WaitForAssertion(() => Assert.Contains("Delete “digits”?", dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains("2 runs with 3 attempts", dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("1,234 points, 56 lines", dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("frees 2 MB on disk", dialogs.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Orchestrator.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal));
        await PressAsync(dialogs, "Delete");

        Assert.True(await deleted);
        Assert.Contains("DELETE /api/sweeps/s1", Orchestrator.Requests);
    }

    [Fact]
    public async Task DeleteRun_NeededByOthers_NamesThemAndOffersNothing()
    {
        Orchestrator.On("GET /api/runs/r3/deletion", Preview with { NeededBy = [new RunDependent("r9", 4, "s2", "fine-tuned", DependencyKind.Pretrained, "r3")] });
        (IRenderedComponent<MudDialogProvider> dialogs, Task<bool> deleted) = Ask(keeper => keeper.DeleteAsync(Samples.Run(3)));

        dialogs.WaitForAssertion(() => Assert.Contains("Run #3 cannot be deleted now", dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal("runs/r9", dialogs.Find(".deletion-list a").GetAttribute("href"));
        Assert.Contains("fine-tuned", dialogs.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(dialogs.FindAll("button"), button => button.TextContent.Trim() == "Delete");
        await PressAsync(dialogs, "Close");

        Assert.False(await deleted);
    }

    [Fact]
    public async Task DeleteRun_RefusedMeanwhile_SaysWhy()
    {
        Orchestrator.On("GET /api/runs/r3/deletion", Preview)
            .OnProblem("DELETE /api/runs/r3", HttpStatusCode.Conflict, "Others still need it.", new Dictionary<string, string[]> { ["neededBy"] = ["run r9 starts from it"] });
        (IRenderedComponent<MudDialogProvider> dialogs, Task<bool> deleted) = Ask(keeper => keeper.DeleteAsync(Samples.Run(3, RunStatus.Failed)));
        dialogs.WaitForElement("button");

        await PressAsync(dialogs, "Delete");

        Assert.False(await deleted);
        Assert.Contains(Services.GetRequiredService<ISnackbar>().ShownSnackbars, shown => shown.Message!.Contains("run r9 starts from it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RenameRun_NewName_IsSaved()
    {
        Orchestrator.On("PATCH /api/runs/r3", Samples.Run(3));
        (IRenderedComponent<MudDialogProvider> dialogs, Task<bool> renamed) = Ask(keeper => keeper.RenameAsync(Samples.Run(3) with { Name = "first" }));
        Assert.Equal("first", dialogs.WaitForElement("#new-name").GetAttribute("value"));

        await dialogs.InvokeAsync(() => dialogs.Find("#new-name").Input(" baseline "));
        await PressAsync(dialogs, "Rename");

        Assert.True(await renamed);
        Assert.Equal("""{"name":"baseline"}""", Orchestrator.LastChange);
    }

    [Fact]
    public async Task RenameSweep_Emptied_CannotBeSaved()
    {
        (IRenderedComponent<MudDialogProvider> dialogs, Task<bool> renamed) = Ask(keeper => keeper.RenameAsync(Samples.Sweep(status: SweepStatus.Completed)));
        dialogs.WaitForElement("#new-name");

        await dialogs.InvokeAsync(() => dialogs.Find("#new-name").Input("  "));

        Assert.True(dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Rename").HasAttribute("disabled"));
        await PressAsync(dialogs, "Cancel");
        Assert.False(await renamed);
        Assert.Null(Orchestrator.LastChange);
    }

    private (IRenderedComponent<MudDialogProvider> Dialogs, Task<bool> Answer) Ask(Func<Housekeeper, Task<bool>> ask)
    {
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        return (dialogs, dialogs.InvokeAsync(() => ask(Services.GetRequiredService<Housekeeper>())));
    }

    private static Task PressAsync(IRenderedComponent<MudDialogProvider> dialogs, string text) =>
        dialogs.InvokeAsync(() => dialogs.FindAll("button").Single(button => button.TextContent.Trim() == text).Click());
}
