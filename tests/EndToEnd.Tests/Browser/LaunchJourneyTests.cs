using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.EndToEnd.Tests.Shared;
using Experiments.TestServers;
using Experiments.TestSystem.Browser;
using Experiments.TestSystem.Processes;
using Microsoft.Playwright;

namespace Experiments.EndToEnd.Tests.Browser;

public sealed class LaunchJourneyTests(SharedSystem shared)
{
    private const string PointsOnCharts =
        "[...document.querySelectorAll('.js-plotly-plot')].flatMap(p => p.data).reduce((sum, trace) => sum + (trace.x?.length ?? 0), 0)";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Standalone_LaunchFromTheForm_CurvesAppearUntilItIsCompleted()
    {
        using var data = new TemporaryFolder();
        await using StandaloneProcess standalone = await StandaloneProcess.Start(TestProcesses.Options, data.Path).ReadyAsync();
        Api api = standalone.Api;
        await using BrowserSession browser = await BrowserSession.OpenAsync(standalone.Address);
        IPage page = browser.Page;
        await page.GotoAsync("/");
        await browser.PictureAsync("sweeps-empty");

        // The worker is held back until the page is there: all points come without a reload.
        WorkerView worker = Assert.Single(await api.GetAsync<IReadOnlyList<WorkerView>>("api/workers"));
        await api.ChangeWorkerAsync(worker.Id, "drain");
        (string sweepId, string cells) = await LaunchAsync(browser, epochs: "6");
        Assert.Equal(0, await page.EvaluateAsync<int>(PointsOnCharts));
        await api.ChangeWorkerAsync(worker.Id, "readmit");
        await page.WaitForFunctionAsync($"() => {PointsOnCharts} > 0");
        await browser.PictureAsync("sweep-running");

        SweepView sweep = await api.EndedAsync(sweepId, Limit);
        Assert.Equal(("from the form", SweepStatus.Completed), (sweep.Name, sweep.Status));
        Assert.Equal(cells, sweep.RunCounts.Completed.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("completed", new LocatorAssertionsToContainTextOptions { IgnoreCase = true });
        await browser.PictureAsync("sweep-completed");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Distributed_LaunchFromTheForm_CurvesMoveUntilItIsCancelled()
    {
        (string address, Api api) = await shared.StartedAsync();
        await using BrowserSession browser = await BrowserSession.OpenAsync(address);
        IPage page = browser.Page;

        // Enough epochs to train until it is cancelled.
        (string sweepId, _) = await LaunchAsync(browser, epochs: "1000");
        await page.WaitForFunctionAsync($"() => {PointsOnCharts} > 0");
        int first = await page.EvaluateAsync<int>(PointsOnCharts);
        await page.WaitForFunctionAsync($"before => {PointsOnCharts} > before + 2", first);

        await api.ChangeAsync(sweepId, "cancel");
        Assert.Equal(SweepStatus.Cancelled, (await api.EndedAsync(sweepId, Limit)).Status);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("cancelled", new LocatorAssertionsToContainTextOptions { IgnoreCase = true });
        Assert.Empty(browser.Complaints);
    }

    /// <summary>Fills in the form and launches the sweep; the browser is on its page then.</summary>
    private static async Task<(string SweepId, string Cells)> LaunchAsync(BrowserSession browser, string epochs)
    {
        IPage page = browser.Page;
        await page.GotoAsync("/sweeps/new", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("from the form");
        await page.GetByLabel("Limit", new PageGetByLabelOptions { Exact = true }).FillAsync("600");
        await page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Model", Exact = true })
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "lenet5" }).ClickAsync();
        await AddAsync(page, "Learning rate", "0.003");
        await AddAsync(page, "Learning rate", "0.001");
        await AddAsync(page, "Epochs", epochs);
        await Assertions.Expect(page.Locator("#cell-count")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[24]$"));
        string cells = await page.Locator("#cell-count").InnerTextAsync();
        await browser.PictureAsync("new-sweep");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Launch sweep" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal) && url.Contains("/sweeps/", StringComparison.Ordinal));
        return (new Uri(page.Url).Segments[^1], cells);
    }

    private static async Task AddAsync(IPage page, string hyperparameter, string value)
    {
        ILocator input = page.GetByLabel($"Add a value of {hyperparameter}", new PageGetByLabelOptions { Exact = true });
        await input.FillAsync(value);
        await input.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Remove {value} from {hyperparameter}", Exact = true })).ToBeVisibleAsync();
    }
}
