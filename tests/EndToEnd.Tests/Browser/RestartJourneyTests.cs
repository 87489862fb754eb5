using System.Globalization;
using Experiments.TestServers;
using Experiments.TestSystem.Browser;
using Experiments.TestSystem.Processes;
using Microsoft.Playwright;

namespace Experiments.EndToEnd.Tests.Browser;

/// <summary>The server is killed, with the page's state, while a user writes a sweep.</summary>
public sealed class RestartJourneyTests
{
    private const int Cells = 6_000;

    /// <summary>Longer than the default limit for a browser's message.</summary>
    private static readonly string Sweep =
        $"# half-written\nname: long\ndataset: digits\ngrid:\n  seed: [{string.Join(", ", Enumerable.Range(10_001, Cells))}]\n";

    [Fact]
    public async Task Standalone_KilledWhileALongSweepIsWritten_GivesItBack()
    {
        using var data = new TemporaryFolder();
        StandaloneProcess before = await StandaloneProcess.Start(TestProcesses.Options, data.Path).ReadyAsync();
        await using BrowserSession browser = await BrowserSession.OpenAsync(before.Address);
        await WriteAsync(browser.Page);

        await before.DisposeAsync();
        await using StandaloneProcess after = await StandaloneProcess.StartAt(before.Address, TestProcesses.Options, data.Path).ReadyAsync();

        await browser.Page.WaitForFunctionAsync("() => window.kept === undefined");
        await ExpectCellsAsync(browser.Page);
        Assert.StartsWith("# half-written\nname: long", await browser.Page.Locator("textarea.yaml-text").InputValueAsync(), StringComparison.Ordinal);
    }

    private static async Task WriteAsync(IPage page)
    {
        await page.GotoAsync("/sweeps/new?tab=yaml");
        await page.Locator("textarea.yaml-text").WaitForAsync();
        await page.EvaluateAsync(
            """
            () => {
              window.kept = null;
              const keep = dashboardDrafts.keep;
              dashboardDrafts.keep = (text, name, start) => { keep(text, name, start); window.kept = text; };
            }
            """);
        await page.Locator("textarea.yaml-text").FillAsync(Sweep);
        await ExpectCellsAsync(page);
        await page.WaitForFunctionAsync("() => window.kept?.includes('name: long')");
    }

    private static Task ExpectCellsAsync(IPage page) => Assertions.Expect(page.Locator("#cell-count")).ToHaveTextAsync(
        Cells.ToString("#,0", CultureInfo.InvariantCulture));
}
