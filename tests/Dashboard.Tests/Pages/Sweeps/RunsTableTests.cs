using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

public sealed class RunsTableTests : DashboardContext
{
    private static readonly SweepFacts Facts = SweepFacts.Of(Samples.Sweep());
    private static readonly Page<RunView> Runs =
        new(2, [Samples.Run(1, accuracy: 0.98765), Samples.Run(2, RunStatus.Queued, accuracy: null, epoch: 0)]);

    [Fact]
    public void Render_Runs_ShowsARowEachWithWhatVaries()
    {
        IRenderedComponent<RunsTable> table = RenderTable();

        table.WaitForAssertion(() => Assert.Equal(2, table.FindAll("tbody tr").Count));
        table.WaitForAssertion(() => Assert.Contains("Learning rate", table.Find("thead").TextContent, StringComparison.Ordinal));
        table.WaitForAssertion(() => Assert.DoesNotContain("Batch size", table.Find("thead").TextContent, StringComparison.Ordinal));
        table.WaitForAssertion(() => Assert.Contains("0.9877", table.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal));
        table.WaitForAssertion(() => Assert.Contains("best", table.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal));
        table.WaitForAssertion(() => Assert.Contains("queued", table.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Click_HeadOfAMetric_SortsBestFirst()
    {
        string? sort = null;
        IRenderedComponent<RunsTable> table = Render<RunsTable>(parameters => parameters
            .Add(table => table.Runs, Runs)
            .Add(table => table.Facts, Facts)
            .Add(table => table.SortChanged, value => sort = value));

        table.FindAll("button.sort").Single(button => button.TextContent.Contains("validation/accuracy", StringComparison.Ordinal)).Click();

        Assert.Equal("-validation/accuracy", sort);
    }

    [Fact]
    public void Change_Checkboxes_SelectsRuns()
    {
        IReadOnlySet<string>? selected = null;
        IRenderedComponent<RunsTable> table = Render<RunsTable>(parameters => parameters
            .Add(table => table.Runs, Runs)
            .Add(table => table.Facts, Facts)
            .Add(table => table.Selected, new HashSet<string> { "elsewhere" })
            .Add(table => table.SelectedChanged, value => selected = value));

        table.Find("thead input[type=checkbox]").Change(true);

        Assert.Equal(["elsewhere", "r1", "r2"], selected!.Order());
    }

    [Fact]
    public void Render_TwoSelected_LinksToTheComparison()
    {
        IRenderedComponent<RunsTable> table = Render<RunsTable>(parameters => parameters
            .Add(table => table.Runs, Runs)
            .Add(table => table.Facts, Facts)
            .Add(table => table.Selected, new HashSet<string> { "r1", "r2" }));

        table.WaitForAssertion(() => Assert.NotNull(table.Find("a[href='/compare?ids=r1,r2']")));
    }

    private IRenderedComponent<RunsTable> RenderTable() => Render<RunsTable>(parameters => parameters
        .Add(table => table.Runs, Runs)
        .Add(table => table.Facts, Facts)
        .Add(table => table.BestRunId, "r1"));
}
