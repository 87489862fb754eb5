using Experiments.Contracts.Api;
using Experiments.EndToEnd.Tests.Shared;
using Experiments.TestSystem.Browser;
using Experiments.TestSystem.Processes;
using Microsoft.Playwright;

namespace Experiments.EndToEnd.Tests.Browser;

public sealed class EvaluationJourneyTests(SharedStandalone standalone, SharedSystem shared)
{
    /// <summary>A white square of one pixel.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4////fwAJ+wP9KobjigAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Standalone_CompletedRun_IsEvaluatedAndPredicts()
    {
        (SweepView sweep, string address, Api api) = await standalone.EndedAsync(SweepTexts.Small);
        await JourneyAsync(sweep, address, api);
    }

    [Fact]
    public async Task Distributed_CompletedRun_IsEvaluatedAndPredicts()
    {
        (SweepView sweep, string address, Api api) = await shared.EndedAsync(SweepTexts.Small);
        await JourneyAsync(sweep, address, api);
    }

    private static async Task JourneyAsync(SweepView sweep, string address, Api api)
    {
        EvaluationReport report = await api.GetAsync<EvaluationReport>($"api/runs/{sweep.BestRunId}/evaluation");
        Assert.Equal((10, 60), (report.Classes.Count, report.Images));

        await using BrowserSession browser = await BrowserSession.OpenAsync(address);
        IPage page = browser.Page;
        await page.GotoAsync($"/runs/{sweep.BestRunId}", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(page.Locator("table.confusion tbody td")).ToHaveCountAsync(100);
        await Assertions.Expect(page.Locator("table.report tbody tr")).ToHaveCountAsync(10);
        await page.Locator(".drop input").SetInputFilesAsync(new FilePayload { Name = "white.png", MimeType = "image/png", Buffer = Picture });
        await Assertions.Expect(page.Locator(".prediction")).ToHaveCountAsync(8);
        await page.Locator(".evaluation").ScrollIntoViewIfNeededAsync();
        await browser.PictureAsync("run-evaluation");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Models", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "resnet18", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("11,181,642");
        await browser.PictureAsync("model");
        Assert.Empty(browser.Complaints);
    }
}
