using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.EndToEnd.Tests.Shared;
using Experiments.TestServers;
using Experiments.TestSystem.Browser;
using Experiments.TestSystem.Processes;
using Microsoft.Playwright;

namespace Experiments.EndToEnd.Tests.Browser;

/// <summary>A user's work with an ended sweep, and the accessibility of all pages.</summary>
public sealed class PagesJourneyTests(SharedStandalone shared)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Standalone_SweepWithAFailure_IsLookedAtComparedDownloadedAndRetried()
    {
        using var data = new TemporaryFolder();
        await using StandaloneProcess standalone = await StandaloneProcess.Start(TestProcesses.Options, data.Path).ReadyAsync();
        SweepView sweep = await standalone.Api.EndedAsync((await standalone.Api.LaunchAsync(SweepTexts.Diverging)).Id, Limit);
        IReadOnlyList<RunView> runs = await standalone.Api.RunsAsync(sweep.Id);
        RunView failed = Assert.Single(runs, run => run.Status == RunStatus.Failed);

        await using BrowserSession browser = await BrowserSession.OpenAsync(standalone.Address);
        var barriers = new List<string>();
        string[] pages = Pages(sweep.Id, runs);
        Assert.All(Routes(), route => Assert.Contains(pages, page => IsOf(route, page)));
        foreach (string path in pages)
        {
            barriers.AddRange(await PageBarriers.FindAsync(browser.Page, path));
        }

        Assert.True(barriers.Count == 0, string.Join('\n', barriers));

        await SkipAsync(browser.Page);
        await ExplainAsync(browser.Page, sweep.Id);
        await CompareAsync(browser.Page, sweep.Id);
        await DownloadAsync(browser.Page, $"/sweeps/{sweep.Id}");
        await RetryAsync(browser.Page, standalone.Api, failed);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Standalone_FormThatIsLeft_GivesItsDraftBackInEachTab()
    {
        await using BrowserSession browser = await BrowserSession.OpenAsync((await shared.StartedAsync()).Address);
        IPage first = browser.Page;
        await NameAsync(first, "first tab");
        IPage second = await browser.Context.NewPageAsync();
        await NameAsync(second, "second tab");

        await first.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Models" }).ClickAsync();
        await first.Locator("table.models").WaitForAsync();
        await first.GoBackAsync();
        await Assertions.Expect(first.Locator("#sweep-name")).ToHaveValueAsync("first tab");
        await second.ReloadAsync();
        await Assertions.Expect(second.Locator("#sweep-name")).ToHaveValueAsync("second tab");

        await first.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Discard draft" }).ClickAsync();
        await first.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Discard" }).ClickAsync();
        await first.GotoAsync("/sweeps");
        await Assertions.Expect(first.Locator(".draft-bar")).ToContainTextAsync("second tab");
        await first.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Resume your draft" }).ClickAsync();
        await Assertions.Expect(first.Locator("#sweep-name")).ToHaveValueAsync("second tab");
        Assert.Empty(browser.Complaints);
    }

    /// <summary>Fills in the form, and waits until the browser has stored the draft.</summary>
    private static async Task NameAsync(IPage page, string name)
    {
        await page.GotoAsync("/sweeps/new");
        await page.Locator("#sweep-name").FillAsync(name);
        await page.WaitForFunctionAsync("name => dashboardDrafts.list().some(draft => draft.name === name)", name);
    }

    /// <summary>Every page, and the not-found pages.</summary>
    private static string[] Pages(string sweepId, IReadOnlyList<RunView> runs) =>
    [
        "/", "/sweeps?group=tag", "/sweeps/new", "/sweeps/new?template=quickstart&fields=advanced", "/sweeps/new?tab=yaml",
        $"/sweeps/{sweepId}", $"/sweeps/{sweepId}?group=model&panels=validation/accuracy,train/loss~yo", $"/sweeps/{sweepId}/analysis", $"/sweeps/{sweepId}/timeline", $"/sweeps/{sweepId}/search",
        $"/runs/{runs[1].Id}", $"/runs/{runs[0].Id}",
        $"/compare?ids={runs[0].Id},{runs[1].Id},unknown&color=objective",
        "/models", "/models/small_cnn", "/datasets", "/datasets/digits", "/workers", "/storage", "/access", "/access/audit",
        "/not-found", "/runs/unknown", "/models/unknown",
    ];

    /// <summary>The routes of the dashboard's pages, read from their sources.</summary>
    private static IEnumerable<string> Routes() => Directory
        .EnumerateFiles(Path.Combine(ServiceProgram.Repository, "Dashboard"), "*.razor", SearchOption.AllDirectories)
        .SelectMany(File.ReadLines)
        .Where(line => line.StartsWith("@page \"", StringComparison.Ordinal))
        .Select(line => line.Split('"')[1]);

    /// <summary>Whether an address, without its query, matches a route with parameters in braces.</summary>
    private static bool IsOf(string route, string address)
    {
        string[] names = route.Split('/');
        string[] given = address.Split('?')[0].Split('/');
        return names.Length == given.Length && names.Zip(given).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
    }

    /// <summary>Skips the navigation by keyboard and stays on the same page.</summary>
    private static async Task SkipAsync(IPage page)
    {
        await page.GotoAsync("/models", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Skip to content" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator("#content")).ToBeFocusedAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/models$"));
    }

    /// <summary>Follows the reason of a failure to the failed run only, in the table and in the chart.</summary>
    private static async Task ExplainAsync(IPage page, string sweepId)
    {
        await page.GotoAsync($"/sweeps/{sweepId}", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        ILocator failures = page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "1 run failed" });
        await Assertions.Expect(failures).ToContainTextAsync("1 of 2 diverged");
        await failures.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.Locator("table.runs tbody tr[aria-rowindex]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".runs-count")).ToHaveTextAsync("1 of 2");
        await Assertions.Expect(page.Locator(".curves-head .card-note")).ToContainTextAsync("1 of 2 runs");
    }

    private static async Task CompareAsync(IPage page, string sweepId)
    {
        await page.GotoAsync($"/sweeps/{sweepId}", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator("table.runs tbody input[type=checkbox]").Nth(1).WaitForAsync();

        // Immediately, before the first choice has returned from the address.
        await page.EvaluateAsync("document.querySelectorAll('table.runs tbody input[type=checkbox]').forEach(box => box.click())");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Compare 2" }).ClickAsync();
        await page.WaitForURLAsync("**/compare?ids=*");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Compare 2 runs");
        await page.GoBackAsync();
        await page.WaitForURLAsync("**/sweeps/*");
    }

    private static async Task DownloadAsync(IPage page, string path)
    {
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        IDownload download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "CSV" }).First.ClickAsync());
        string[] lines = await File.ReadAllLinesAsync((await download.PathAsync())!);
        Assert.Equal(3, lines.Length);
        Assert.Contains("learningRate", lines[0], StringComparison.Ordinal);
    }

    private static async Task RetryAsync(IPage page, Api api, RunView failed)
    {
        await page.GotoAsync($"/runs/{failed.Id}", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("diverged", new LocatorAssertionsToContainTextOptions { IgnoreCase = true });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Retry" }).ClickAsync();
        await api.UntilAsync(
            async () => (await api.GetAsync<RunView>($"api/runs/{failed.Id}")) is { Attempt: 2, Status: RunStatus.Failed }, Limit, "the run was not tried again");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("2");
    }
}
