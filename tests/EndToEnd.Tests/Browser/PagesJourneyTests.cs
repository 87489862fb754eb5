using Deque.AxeCore.Playwright;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.TestServers;
using Experiments.TestSystem.Browser;
using Experiments.TestSystem.Processes;
using Microsoft.Playwright;

namespace Experiments.EndToEnd.Tests.Browser;

/// <summary>What somebody does with a sweep that has ended, and whether everybody can.</summary>
public sealed class PagesJourneyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private const int Narrow = 640;
    private static readonly string[] Impacts = ["serious", "critical"];

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
        foreach (string path in Pages(sweep.Id, runs))
        {
            barriers.AddRange(await BarriersAsync(browser.Page, path));
        }

        Assert.True(barriers.Count == 0, string.Join('\n', barriers));

        await ExplainAsync(browser.Page, sweep.Id);
        await CompareAsync(browser.Page, sweep.Id);
        await DownloadAsync(browser.Page, $"/sweeps/{sweep.Id}");
        await RetryAsync(browser.Page, standalone.Api, failed);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Standalone_FormThatIsLeft_GivesItsDraftBackInEachTab()
    {
        using var data = new TemporaryFolder();
        await using StandaloneProcess standalone = await StandaloneProcess.Start(TestProcesses.Options, data.Path).ReadyAsync();
        await using BrowserSession browser = await BrowserSession.OpenAsync(standalone.Address);
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

    /// <summary>Fills in the form, and waits until the browser keeps it.</summary>
    private static async Task NameAsync(IPage page, string name)
    {
        await page.GotoAsync("/sweeps/new");
        await page.Locator("#sweep-name").FillAsync(name);
        await page.WaitForFunctionAsync("name => dashboardDrafts.list().some(draft => draft.name === name)", name);
    }

    private static string[] Pages(string sweepId, IReadOnlyList<RunView> runs) =>
    [
        "/sweeps", "/sweeps/new", $"/sweeps/{sweepId}", $"/sweeps/{sweepId}?group=model&panels=validation/accuracy,train/loss~yo", $"/sweeps/{sweepId}/analysis", $"/sweeps/{sweepId}/timeline", $"/runs/{runs[1].Id}",
        $"/runs/{runs[0].Id}", $"/compare?ids={runs[0].Id},{runs[1].Id}", $"/compare?ids={runs[0].Id},{runs[1].Id}&color=objective", "/workers", "/storage", "/models", "/models/small_cnn", "/datasets", "/datasets/digits",
    ];

    /// <summary>In both themes; the page is left in the dark one.</summary>
    private static async Task<IReadOnlyList<string>> BarriersAsync(IPage page, string path)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator("h1").First.WaitForAsync();

        // Colours on their way from one theme to the other belong to neither.
        await page.AddStyleTagAsync(new PageAddStyleTagOptions { Content = "* { transition: none !important; animation: none !important; }" });
        IReadOnlyList<string> light = await BarriersAsync(page, path, ColorScheme.Light);

        const string Tone = "getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-success')";
        string before = await page.EvaluateAsync<string>(Tone);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.WaitForFunctionAsync($"before => {Tone} !== before", before);

        return [.. light, .. await BarriersAsync(page, path, ColorScheme.Dark), .. await WideAsync(page, path)];
    }

    /// <summary>At 200 % zoom on a screen of 1280 pixels, nothing overflows the page to the side.</summary>
    private static async Task<IReadOnlyList<string>> WideAsync(IPage page, string path)
    {
        PageViewportSizeResult? before = page.ViewportSize;
        await page.SetViewportSizeAsync(Narrow, 900);
        int width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        await page.SetViewportSizeAsync(before!.Width, before.Height);
        return width > Narrow ? [$"{path}: {width} pixels wide in a window of {Narrow}"] : [];
    }

    private static async Task<IReadOnlyList<string>> BarriersAsync(IPage page, string path, ColorScheme scheme) =>
    [
        .. (await page.RunAxe()).Violations
            .Where(violation => Impacts.Contains(violation.Impact))
            .Select(violation => $"{path} ({scheme}): {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"),
    ];

    /// <summary>From the reason why a run failed to that run alone, in the table and in the chart.</summary>
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

        // At once: faster than the choice of the first comes back from the address.
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
