using System.Text.Json;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

public sealed class BulkBarTests : DashboardContext
{
    private readonly List<string> _bodies = [];

    [Fact]
    public async Task Click_Cancel_AsksWithWhatIsLostBeforeItDoesAnything()
    {
        Answer(total: 3, done: 2);
        (IRenderedComponent<MudDialogProvider> dialogs, IRenderedComponent<BulkBar> bar) = Open(new RunsTableState { Selected = "all,-4", Filter = "seed > 2", Status = "running" }, total: 4);

        await PressAsync(bar, "Cancel");
        dialogs.WaitForAssertion(() => Assert.Contains("Cancel 2 runs?", dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains("a retry starts over", dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal(["""{"action":"cancel","sweepId":"s1","status":"running","filter":"seed \u003E 2 and not cell in (4)","add":[],"remove":[],"dryRun":true}"""], _bodies);

        await dialogs.FindAll("button").Single(button => button.TextContent.Contains("Cancel 2 runs", StringComparison.Ordinal)).ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Equal(2, _bodies.Count));
        Assert.Contains("\"dryRun\":false", _bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_Delete_TellsTheRoomAndWhyOthersStay()
    {
        Answer(total: 3, done: 2);
        (IRenderedComponent<MudDialogProvider> dialogs, IRenderedComponent<BulkBar> bar) = Open(new RunsTableState { Selected = "r1,r2,r3" }, total: 4);

        await PressAsync(bar, "Delete");
        dialogs.WaitForAssertion(() => Assert.Contains("Delete 2 runs?", dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains("frees about 2 KB", dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("The other 1 run of the selection stays as it is. For example: it has ended.", dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("\"dryRun\":true", Assert.Single(_bodies), StringComparison.Ordinal);

        await dialogs.FindAll("button").Single(button => button.TextContent.Contains("Delete 2 runs", StringComparison.Ordinal)).ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Equal(2, _bodies.Count));
        Assert.Contains("\"action\":\"delete\"", _bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_RetryOfNothing_SaysWhyAndAsksNothing()
    {
        Answer(total: 2, done: 0);
        (IRenderedComponent<MudDialogProvider> dialogs, IRenderedComponent<BulkBar> bar) = Open(new RunsTableState { Selected = "r1,r2" }, total: 4);

        await PressAsync(bar, "Retry");

        bar.WaitForAssertion(() => Assert.Contains(
            Services.GetRequiredService<ISnackbar>().ShownSnackbars,
            shown => shown.Message!.Contains("None of 2 runs can be retried", StringComparison.Ordinal)));
        Assert.Empty(dialogs.Markup);
        Assert.Equal(["r1", "r2"], JsonDocument.Parse(Assert.Single(_bodies)).RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public void Render_NothingSelected_OffersOnlyTheExportOfTheList()
    {
        (_, IRenderedComponent<BulkBar> bar) = Open(new RunsTableState { Filter = "seed > 2" }, total: 4);

        Assert.All(bar.FindAll("button"), button => Assert.True(button.HasAttribute("disabled")));
        Assert.Equal("download/sweeps/s1/runs.csv?filter=seed%20%3E%202", bar.Find(".bulk-export a").GetAttribute("href"));
    }

    [Theory]
    [InlineData(0, 0, 2, 0, "Tag Delete")]
    [InlineData(0, 1, 1, 0, "Tag Cancel Delete")]
    [InlineData(2, 0, 0, 0, "Tag Cancel")]
    [InlineData(0, 0, 1, 1, "Tag Retry Delete")]
    public void Render_Selection_OffersWhatCanBeDoneWithIt(int waiting, int running, int completed, int failed, string expected)
    {
        Orchestrator.On("GET /api/sweeps/s1/runs/counts?ids=r1%2Cr2", new RunCounts(waiting, 0, running, completed, failed, 0));

        (_, IRenderedComponent<BulkBar> bar) = Open(new RunsTableState { Selected = "r1,r2" }, total: 4);

        bar.WaitForAssertion(() => Assert.Equal(expected, string.Join(' ', Enabled(bar))));
    }

    [Fact]
    public void Render_AllThatMatchButOne_AsksForJustThese()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs/counts?status=completed&filter=seed%20%3E%202%20and%20not%20cell%20in%20%284%29", new RunCounts(0, 0, 0, 3, 0, 0));

        (_, IRenderedComponent<BulkBar> bar) = Open(new RunsTableState { Selected = "all,-4", Filter = "seed > 2", Status = "completed" }, total: 4);

        bar.WaitForAssertion(() => Assert.Equal(["Compare 3", "Tag", "Delete"], Enabled(bar)));
        Assert.Equal("All of the selected runs have ended", bar.FindAll("button").Single(button => button.TextContent.Trim() == "Cancel").GetAttribute("title"));
    }

    [Fact]
    public void Render_AllRunsOfTheSweep_SelectsBySweep()
    {
        (_, IRenderedComponent<BulkBar> bar) = Open(new RunsTableState { Selected = "all" }, total: 4);

        Assert.Equal(["Compare 4", "Tag", "Retry", "Cancel", "Delete"], Enabled(bar));
        Assert.Empty(Orchestrator.Requests);
    }

    private static string[] Enabled(IRenderedComponent<BulkBar> bar) =>
        [.. bar.FindAll("button.mud-button-root").Where(button => !button.HasAttribute("disabled")).Select(button => button.TextContent.Trim())];

    private static Task PressAsync(IRenderedComponent<BulkBar> bar, string text) =>
        bar.InvokeAsync(() => bar.FindAll("button").Single(button => button.TextContent.Trim() == text).Click());

    private void Answer(int total, int done)
    {
        BulkOutcome[] outcomes = [.. Enumerable.Range(1, total).Select(cell => new BulkOutcome($"r{cell}", cell, cell <= done, cell <= done ? null : "it has ended"))];
        Orchestrator.On("POST /api/runs/bulk", request =>
        {
            string body = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
            _bodies.Add(body);
            using JsonDocument json = JsonDocument.Parse(body);
            var result = new BulkResult(
                Enum.Parse<BulkAction>(json.RootElement.GetProperty("action").GetString()!, true), json.RootElement.GetProperty("dryRun").GetBoolean(), total, done, outcomes)
            {
                Bytes = 2048,
            };
            return new HttpResponseMessage { Content = System.Net.Http.Json.JsonContent.Create(result, options: Experiments.Contracts.ContractJson.Options) };
        });
    }

    private (IRenderedComponent<MudDialogProvider> Dialogs, IRenderedComponent<BulkBar> Bar) Open(RunsTableState state, int total)
    {
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        return (dialogs, Render<BulkBar>(parameters => parameters
            .Add(bar => bar.Sweep, Samples.Sweep())
            .Add(bar => bar.State, state)
            .Add(bar => bar.Total, total)));
    }
}
