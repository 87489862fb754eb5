using System.Text.Json;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

public sealed class GroupsTableTests : DashboardContext
{
    private RunsTableState? _next;
    private string? _filterProblem;

    [Fact]
    public void Render_Groups_ShowsMeanDeviationAndBest()
    {
        IRenderedComponent<GroupsTable> table = Open(new RunsTableState { Group = "model", Filter = "seed > 0" });

        Assert.Contains("4 runs in 1 group; mean and deviation of validation/accuracy over learning rate", table.Find(".group-note").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["resnet18", "3 / 4", "0.9500", "± 0.0123", "0.9700"],
            table.FindAll("tbody td").Select(cell => cell.TextContent.Trim()).Where(text => text.Length > 0 && text != "Show runs"));
        Assert.NotNull(table.Find("a[href='runs/r2']"));
        Assert.Equal("descending", table.FindAll("th").Single(head => head.TextContent.Contains("Mean validation", StringComparison.Ordinal)).GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task Click_ShowRuns_SetsTheConditionAndLeavesTheGroups()
    {
        IRenderedComponent<GroupsTable> table = Open(new RunsTableState { Group = "model", Filter = "seed > 0", GroupSort = "runs" });

        await table.InvokeAsync(() => table.Find("tbody button").Click());

        table.WaitForAssertion(() => Assert.Equal(new RunsTableState { Filter = "seed > 0 and model = resnet18" }, _next));
    }

    [Fact]
    public void Render_Choice_GoesToTheOrchestrator()
    {
        Open(new RunsTableState { Group = "model,seed", Filter = "seed > 0", Status = "completed", GroupSort = "-deviation", GroupPage = 2 });

        Assert.Equal(
            "GET /api/sweeps/s1/groups?by=model%2Cseed&metric=validation%2Faccuracy&status=completed&filter=seed%20%3E%200&sort=-deviation&skip=50&take=50",
            Assert.Single(Orchestrator.Requests));
    }

    [Fact]
    public async Task Render_PageBehindTheLast_SaysSoAndLeadsBack()
    {
        Orchestrator.On("GET /api/sweeps/s1/groups", new RunGroups(["model"], MetricNames.ValidationAccuracy, 1, 4, []));
        IRenderedComponent<GroupsTable> table = Render(new RunsTableState { Group = "model", GroupPage = 7 });
        table.WaitForAssertion(() => Assert.Contains("There is no page 7", table.Markup, StringComparison.Ordinal));

        await table.InvokeAsync(() => table.Find(".table-empty button").Click());

        Assert.Equal(new RunsTableState { Group = "model" }, _next);
    }

    [Fact]
    public void Render_FilterWithAMistake_TellsTheFieldWhatTheOrchestratorSaid()
    {
        Orchestrator.OnProblem("GET /api/sweeps/s1/groups", System.Net.HttpStatusCode.BadRequest, "The request is not valid.", new() { ["filter"] = ["nothing to filter by"] });

        IRenderedComponent<GroupsTable> table = Render(new RunsTableState { Group = "model", Filter = "sed = 1" });

        table.WaitForAssertion(() => Assert.Equal("Fix the filter to see groups.", table.Find(".table-empty").TextContent));
        Assert.Equal("nothing to filter by", _filterProblem);
    }

    private IRenderedComponent<GroupsTable> Open(RunsTableState state)
    {
        Orchestrator.On("GET /api/sweeps/s1/groups", new RunGroups([state.GroupKeys[0]], MetricNames.ValidationAccuracy, 1, 4,
        [
            new RunGroup
            {
                Values = new Dictionary<string, JsonElement> { ["model"] = JsonSerializer.SerializeToElement("resnet18") },
                Filter = "model = resnet18",
                Counts = new RunCounts(0, 0, 1, 3, 0, 0),
                Measured = 3,
                Mean = 0.95,
                Deviation = 0.0123,
                Best = 0.97,
                BestRunId = "r2",
                BestCell = 2,
            },
        ]));
        IRenderedComponent<GroupsTable> table = Render(state);
        table.WaitForElement("tbody tr");
        return table;
    }

    private IRenderedComponent<GroupsTable> Render(RunsTableState state) => Render<GroupsTable>(parameters => parameters
        .Add(table => table.Sweep, Samples.Sweep())
        .Add(table => table.Facts, SweepFacts.Of(Samples.Sweep()))
        .Add(table => table.Metric, MetricNames.ValidationAccuracy)
        .Add(table => table.State, state)
        .Add(table => table.FilterProblemChanged, problem => _filterProblem = problem)
        .Add(table => table.StateChanged, next => _next = next));
}
