using Experiments.TestServers;
using Microsoft.Playwright;

namespace Experiments.TestSystem.Browser;

/// <summary>A page in a real browser: the Chromium of the system.</summary>
public sealed class BrowserSession : IAsyncDisposable
{
    /// <summary>Set to a folder to save the screenshots of tests there.</summary>
    private const string ScreenshotsVariable = "EXPERIMENTS_SCREENSHOTS";

    /// <summary>Milliseconds; a limit for failing tests only.</summary>
    private const float TestTimeout = 120_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserSession(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        page.Console += (_, message) => Keep(message.Type == "error", message.Text);
        page.PageError += (_, error) => Keep(true, error);
    }

    public IPage Page { get; }

    /// <summary>The browser context, for opening more pages.</summary>
    public IBrowserContext Context => Page.Context;

    /// <summary>Errors in the browser's console.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<BrowserSession> OpenAsync(string address, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ServerProgram.Find("/usr/bin/chromium", "chromium"),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            ],
        });
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 1000 },
        });
        context.SetDefaultTimeout(TestTimeout);
        Assertions.SetDefaultExpectTimeout(TestTimeout);
        return new BrowserSession(playwright, browser, await context.NewPageAsync());
    }

    /// <summary>Saves a screenshot of the page if screenshots are enabled.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Keep(bool isError, string text)
    {
        if (isError)
        {
            Complaints.Add(text);
        }
    }
}
