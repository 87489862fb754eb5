using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.TestServers;
using Experiments.TestSystem.Browser;
using Experiments.TestSystem.Processes;
using Experiments.TestSystem.Seeding;
using Microsoft.Playwright;

namespace Experiments.EndToEnd.Tests.Browser;

/// <summary>A sweep with the number of runs of a large grid: the page agrees with the API.</summary>
public sealed class LargeTableJourneyTests
{
    private const int Runs = 10_000;
    private const string Filter = "model = lenet5 and validation/accuracy > 0.9";
    private const string BestFirst = "-validation/accuracy";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Standalone_TenThousandRuns_AreScrolledSortedFilteredGroupedAndTagged()
    {
        using var data = new TemporaryFolder();
        string sweep = await SeedAsync(data.Path);
        await using StandaloneProcess standalone = await StandaloneProcess.Start(TestProcesses.Options, data.Path).ReadyAsync();
        await using BrowserSession browser = await BrowserSession.OpenAsync(standalone.Address);
        IPage page = browser.Page;

        await page.GotoAsync($"/sweeps/{sweep}");
        await CountAsync(page, Text(Runs));
        await ScrollToTheEndAsync(page);
        await browser.PictureAsync("sweep-large");
        await ComeBackScrolledAsync(page, sweep);
        await SortAsync(page, standalone.Api, sweep);
        Page<RunView> matching = await FilterAsync(page, standalone.Api, sweep);
        await GroupAsync(page, standalone.Api, sweep);
        await TagAllAsync(page, standalone.Api, sweep, matching.Total);
        await ComeBackAsync(page, matching);
        Assert.Empty(browser.Complaints);
    }

    private static async Task<string> SeedAsync(string folder)
    {
        await using OrchestratorHost host = await OrchestratorHost.StartAsync(folder: folder);
        return await SeededSweep.CreateAsync(host, Runs, epochs: 10, "lenet5", "small_cnn");
    }

    private static async Task ScrollToTheEndAsync(IPage page)
    {
        // The table cannot be scrolled before its first rows appear.
        await RowAsync(page, 1, 1);
        await page.Locator(".grid-scroll:not(.is-beginning)").EvaluateAsync("element => element.scrollTop = element.scrollHeight");
        await RowAsync(page, Runs, Runs);
    }

    /// <summary>In a window lower than the first rows: opening a run and going back restores the scroll position, and the table still scrolls.</summary>
    private static async Task ComeBackScrolledAsync(IPage page, string sweep)
    {
        PageViewportSizeResult before = page.ViewportSize!;
        await page.SetViewportSizeAsync(before.Width, 720);
        await page.GotoAsync($"/sweeps/{sweep}");
        await RowAsync(page, 1, 1);
        await page.Locator(".grid-scroll:not(.is-beginning)").EvaluateAsync("element => element.scrollTop = 900");
        await Row(page, 28).Locator(".run-link").EvaluateAsync("link => link.click()");
        await page.WaitForURLAsync("**/runs/**");
        await page.GoBackAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.grid-scroll')?.scrollTop === 900");
        await RowAsync(page, 28, 28);

        // The page holds the restored scroll position for a moment, and has no table while its circuit starts.
        await page.WaitForFunctionAsync(
            """
            () => {
              const grid = document.querySelector('.grid-scroll');
              if (grid) {
                grid.scrollTop = 4000;
              }
              return document.querySelector("table.runs tbody tr[aria-rowindex='113']")?.textContent.includes("#112");
            }
            """);
        await page.SetViewportSizeAsync(before.Width, before.Height);
        await page.GotoAsync($"/sweeps/{sweep}");
        await RowAsync(page, 1, 1);
    }

    private static async Task SortAsync(IPage page, Api api, string sweep)
    {
        await page.Locator("table.runs thead button.sort", new PageLocatorOptions { HasText = "validation/accuracy" }).ClickAsync();
        Page<RunView> best = await api.GetAsync<Page<RunView>>($"api/sweeps/{sweep}/runs?take=2&sort={Uri.EscapeDataString(BestFirst)}");
        await RowAsync(page, 1, best.Items[0].Cell);
        await RowAsync(page, 2, best.Items[1].Cell);
    }

    private static async Task<Page<RunView>> FilterAsync(IPage page, Api api, string sweep)
    {
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#runs-filter")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("acc");
        await Assertions.Expect(page.Locator(".filter-list li").First).ToContainTextAsync("validation/accuracy");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#runs-filter")).ToHaveValueAsync("validation/accuracy ");
        await page.Locator("input.filter-runs").FillAsync(Filter);
        await page.Locator("input.filter-runs").PressAsync("Enter");
        Page<RunView> matching = await api.GetAsync<Page<RunView>>(
            $"api/sweeps/{sweep}/runs?take=1&sort={Uri.EscapeDataString(BestFirst)}&filter={Uri.EscapeDataString(Filter)}");
        Assert.InRange(matching.Total, 1, Runs / 2);
        await CountAsync(page, $"{Text(matching.Total)} of {Text(Runs)}");
        await RowAsync(page, 1, matching.Items[0].Cell);
        return matching;
    }

    private static async Task GroupAsync(IPage page, Api api, string sweep)
    {
        await page.GetByLabel("Group runs by").SelectOptionAsync("learningRate");
        RunGroups groups = await api.GetAsync<RunGroups>(
            $"api/sweeps/{sweep}/groups?by=learningRate&metric=validation%2Faccuracy&filter={Uri.EscapeDataString(Filter)}");
        await Assertions.Expect(page.Locator("table.groups tbody tr")).ToHaveCountAsync(groups.Total);
        await Assertions.Expect(page.Locator(".group-note")).ToContainTextAsync($"{Text(groups.Runs)} runs in {groups.Total} groups");
        await page.Locator(".group-chips").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show runs", Exact = true }).ClickAsync();
    }

    private static async Task TagAllAsync(IPage page, Api api, string sweep, int matching)
    {
        await page.GetByLabel("Select all runs that are listed").ClickAsync();
        await SelectedAsync(page, matching);
        await page.Locator(".bulk-bar").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Tag", Exact = true }).ClickAsync();
        await page.Locator("#tags-add").FillAsync("promising");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Apply", Exact = true }).ClickAsync();
        await api.UntilAsync(
            async () => (await api.GetAsync<Page<RunView>>($"api/sweeps/{sweep}/runs?take=1&filter=tag%20%3D%20promising")).Total == matching,
            Limit,
            "not just the runs that match have the tag");
    }

    /// <summary>Navigates to a run and back: the page is unchanged.</summary>
    private static async Task ComeBackAsync(IPage page, Page<RunView> matching)
    {
        string left = page.Url;
        await page.Locator("#runs-filter").BlurAsync();
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(Row(page, 1).Locator(".run-link")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/runs/{matching.Items[0].Id}?**");
        await Assertions.Expect(page.Locator(".neighbors-place")).ToHaveTextAsync($"1 of {Text(matching.Total)}");
        await page.GoBackAsync();
        await page.WaitForURLAsync(left);
        await CountAsync(page, $"{Text(matching.Total)} of {Text(Runs)}");
        await Assertions.Expect(page.Locator("input.filter-runs")).ToHaveValueAsync(Filter);
        await SelectedAsync(page, matching.Total);
        await RowAsync(page, 1, matching.Items[0].Cell);
    }

    private static Task CountAsync(IPage page, string text) => Assertions.Expect(page.Locator(".runs-count")).ToHaveTextAsync(text);

    private static Task SelectedAsync(IPage page, int runs) =>
        Assertions.Expect(page.Locator(".bulk-count")).ToHaveTextAsync($"All {Text(runs)} that match selected");

    /// <summary>Checks that the run is in that row, counted from 1.</summary>
    private static Task RowAsync(IPage page, int row, int cell) =>
        Assertions.Expect(Row(page, row).Locator(".run-link")).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"#{cell}"));

    private static ILocator Row(IPage page, int row) =>
        page.Locator(string.Create(CultureInfo.InvariantCulture, $"table.runs tbody tr[aria-rowindex='{row + 1}']"));

    private static string Text(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
