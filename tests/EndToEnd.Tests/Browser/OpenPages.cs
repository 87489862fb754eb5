using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.TestSystem.Browser;
using Microsoft.Playwright;

namespace Experiments.EndToEnd.Tests.Browser;

/// <summary>Open pages of a run, its sweep and the workers, which are never reloaded.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    private readonly BrowserSession _browser;
    private readonly IPage _workers;
    private readonly IPage _sweep;

    private OpenPages(BrowserSession browser, IPage workers, IPage sweep)
    {
        _browser = browser;
        _workers = workers;
        _sweep = sweep;
    }

    private IPage Run => _browser.Page;

    public static async Task<OpenPages> OpenAsync(string address)
    {
        BrowserSession browser = await BrowserSession.OpenAsync(address);
        IPage workers = await browser.Context.NewPageAsync();
        await GoAsync(workers, "/workers");
        return new OpenPages(browser, workers, await browser.Context.NewPageAsync());
    }

    public async Task WatchAsync(RunView run)
    {
        await GoAsync(Run, $"/runs/{run.Id}");
        await GoAsync(_sweep, $"/sweeps/{run.SweepId}?cols=status%7Cattempt,workerId");
    }

    /// <summary>The attempt continues without any warning.</summary>
    public async Task WaitForTrainingAsync(string worker)
    {
        await Assertions.Expect(Attempts.Filter(new LocatorFilterOptions { HasText = "running" })).ToContainTextAsync(worker);
        await ExpectAsync(Card(worker), "busy");
        await ExpectAsync(Row, "running", worker);
    }

    public async Task WaitForLossAsync(string worker)
    {
        await Assertions.Expect(Attempts.Filter(new LocatorFilterOptions { HasText = "lost" })).ToContainTextAsync(worker);
        await ExpectAsync(Card(worker), "lost", "resumes on another worker");
        await _browser.PictureAsync("run-worker-lost");
    }

    /// <summary>The run has completed, and every page is still the one that was opened.</summary>
    public async Task WaitForEndAsync(string worker, int lost, int completed)
    {
        await ExpectAsync(Attempt(completed), "completed", worker);
        await ExpectAsync(Attempt(lost), "lost");
        await ExpectAsync(Card(worker), "idle");
        await ExpectAsync(Row, "completed", worker);
        foreach (IPage page in new[] { Run, _sweep, _workers })
        {
            Assert.True(await page.EvaluateAsync<bool>("window.isAsOpened === true"), $"{page.Url} was loaded again");
        }

        Assert.Empty(_browser.Complaints);
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    private static async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.EvaluateAsync("window.isAsOpened = true");
    }

    private static async Task ExpectAsync(ILocator where, params string[] words)
    {
        foreach (string word in words)
        {
            await Assertions.Expect(where).ToContainTextAsync(word);
        }
    }

    /// <summary>In the run's table of attempts.</summary>
    private ILocator Attempt(int number) => AttemptsCard.Locator(string.Create(CultureInfo.InvariantCulture, $"xpath=.//tbody/tr[normalize-space(td[1])='{number}']"));

    private ILocator Attempts => AttemptsCard.Locator("tbody tr:not(.sub)");

    private ILocator AttemptsCard => Run.Locator("section[aria-labelledby=attempts-title]");

    private ILocator Card(string worker) => _workers.GetByLabel($"Worker {worker}", new PageGetByLabelOptions { Exact = true });

    /// <summary>The run's in the table of its sweep.</summary>
    private ILocator Row => _sweep.Locator("table.runs tbody tr[aria-rowindex='2']");
}
