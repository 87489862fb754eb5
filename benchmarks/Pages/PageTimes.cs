using System.Diagnostics;
using Microsoft.Playwright;

namespace Experiments.Benchmarks.Pages;

/// <summary>Measures how long pages take to appear.</summary>
internal sealed class PageTimes(IBrowserContext browser, string address)
{
    private const int Visits = 5;

    /// <summary>A pause in which browser and server release the previous page.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The first entry of the list after each key.</summary>
    private static readonly (string Key, string First)[] CompletedKeys = [("b", "batchSize"), ("s", "batchSize"), ("=", "64")];

    private static readonly PageWaitForFunctionOptions WaitOptions = new() { Timeout = 120_000, PollingInterval = 20 };

    /// <summary>
    /// The median of five visits, each in a new page of a browser with a warm cache, from the first request until
    /// <paramref name="isThere"/>. Pages are drawn over their interactive connection: a visible page is usable.
    /// </summary>
    /// <param name="isThere">A condition in JavaScript.</param>
    public async Task<TimeSpan> UntilAsync(string path, string isThere)
    {
        var times = new List<TimeSpan>();
        for (int visit = 0; visit <= Visits; visit++)
        {
            IPage page = await browser.NewPageAsync();
            long start = Stopwatch.GetTimestamp();
            await page.GotoAsync(address + path, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
            await page.WaitForFunctionAsync($"() => {isThere}", null, WaitOptions);
            times.Add(Stopwatch.GetElapsedTime(start));
            await page.CloseAsync();
            await Task.Delay(Pause);
        }

        // The first visit fills caches and compiles.
        return times.Skip(1).Order().ElementAt(Visits / 2);
    }

    /// <summary>The median of five times from a key in the filter until its list begins with the expected entry.</summary>
    public async Task<TimeSpan> CompleteAsync(string path, string isThere)
    {
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync(address + path);
        await page.WaitForFunctionAsync($"() => {isThere}", null, WaitOptions);
        await page.Locator("#runs-filter").FocusAsync();
        var times = new List<TimeSpan>();
        for (int visit = 0; visit <= Visits; visit++)
        {
            foreach ((string key, string first) in CompletedKeys)
            {
                long start = Stopwatch.GetTimestamp();
                await page.Keyboard.PressAsync(key);
                await page.WaitForFunctionAsync($"() => document.querySelector('.filter-list .filter-label')?.textContent === '{first}'", null, WaitOptions);
                times.Add(Stopwatch.GetElapsedTime(start));
            }

            await page.Locator("#runs-filter").FillAsync("");
        }

        await page.CloseAsync();
        return times.Skip(3).Order().ElementAt(times.Count / 2);
    }

    /// <summary>The milliseconds between two frames while the page is scrolled down and up for three seconds.</summary>
    public async Task<(double Usual, double Slow)> ScrollAsync(string path, string isThere)
    {
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync(address + path);
        await page.WaitForFunctionAsync($"() => {isThere}", null, WaitOptions);
        double[] gaps = await page.EvaluateAsync<double[]>(
            """
            async () => {
              const gaps = [];
              const scroller = document.querySelector('.grid-scroll') ?? document.scrollingElement;
              let last = performance.now();
              const end = last + 3000;
              while (last < end) {
                const now = await new Promise(requestAnimationFrame);
                gaps.push(now - last);
                last = now;
                const range = scroller.scrollHeight - innerHeight;
                scroller.scrollTop = range * (0.5 - 0.5 * Math.cos(now / 500));
              }
              return gaps.slice(1);
            }
            """);
        await page.CloseAsync();
        double[] sorted = [.. gaps.Order()];
        return (sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.95)]);
    }
}
