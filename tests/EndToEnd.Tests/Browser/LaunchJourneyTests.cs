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
    public async Task Standalone_LaunchFromTheForm_CurvesMoveWhileItTrains()
    {
        using var data = new TemporaryFolder();
        await using StandaloneProcess standalone = await StandaloneProcess.Start(TestProcesses.Options, data.Path).ReadyAsync();
        await LaunchAndWatchAsync(standalone.Address, standalone.Api);
    }

    [Fact]
    public async Task Distributed_LaunchFromTheForm_CurvesMoveWhileItTrains()
    {
        (string address, Api api) = await shared.StartedAsync();
        await LaunchAndWatchAsync(address, api);
    }

    private static async Task LaunchAndWatchAsync(string address, Api api)
    {
        await using BrowserSession browser = await BrowserSession.OpenAsync(address);
        IPage page = browser.Page;
        await page.GotoAsync("/");
        await browser.PictureAsync("sweeps-empty");
        await page.GotoAsync("/sweeps/new", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("from the form");
        await page.GetByLabel("Limit", new PageGetByLabelOptions { Exact = true }).FillAsync("600");
        await page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Model", Exact = true })
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "lenet5" }).ClickAsync();
        await AddAsync(page, "Learning rate", "0.003");
        await AddAsync(page, "Learning rate", "0.001");
        await AddAsync(page, "Epochs", "6");
        await Assertions.Expect(page.Locator("#cell-count")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[24]$"));
        string cells = await page.Locator("#cell-count").InnerTextAsync();
        await browser.PictureAsync("new-sweep");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Launch sweep" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal) && url.Contains("/sweeps/", StringComparison.Ordinal));

        await WatchAsync(page, browser);
        SweepView sweep = await api.EndedAsync(new Uri(page.Url).Segments[^1], Limit);
        Assert.Equal(("from the form", SweepStatus.Completed), (sweep.Name, sweep.Status));
        Assert.Equal(cells, sweep.RunCounts.Completed.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("completed", new LocatorAssertionsToContainTextOptions { IgnoreCase = true });
        await browser.PictureAsync("sweep-completed");
        Assert.Empty(browser.Complaints);
    }

    /// <summary>Points keep appearing without a reload of the page.</summary>
    private static async Task WatchAsync(IPage page, BrowserSession browser)
    {
        await page.WaitForFunctionAsync($"() => {PointsOnCharts} > 0");
        int first = await page.EvaluateAsync<int>(PointsOnCharts);
        await page.WaitForFunctionAsync($"before => {PointsOnCharts} > before + 2", first);
        await browser.PictureAsync("sweep-running");
    }

    private static async Task AddAsync(IPage page, string hyperparameter, string value)
    {
        ILocator input = page.GetByLabel($"Add a value of {hyperparameter}", new PageGetByLabelOptions { Exact = true });
        await input.FillAsync(value);
        await input.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Remove {value} from {hyperparameter}", Exact = true })).ToBeVisibleAsync();
    }
}
