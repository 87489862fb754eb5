using System.Diagnostics;
using System.Text;
using Experiments.Benchmarks.Load;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.TestServers;
using Experiments.TestSystem.Browser;
using Microsoft.Playwright;

namespace Experiments.Benchmarks.Pages;

/// <summary>The dashboard in Chromium, with a database of results and with workers that report new ones.</summary>
internal static class PagesBenchmark
{
    private const int Workers = 4;
    private const int OpenPages = 5;
    private const double Megabyte = 1 << 20;
    private const string PointsOnCharts =
        "[...document.querySelectorAll('.js-plotly-plot')].flatMap(p => p.data ?? []).reduce((sum, trace) => sum + (trace.x?.length ?? 0), 0)";

    private const string RowsThere = "document.querySelectorAll('table.runs tbody tr').length > 10";

    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(int runs)
    {
        using var folder = new TemporaryFolder();
        Console.WriteLine("pages: writing results …");
        SeededData data = await SeededData.CreateAsync(folder["data"], runs);
        await using LoadSystem system = await LoadSystem.StartAsync(folder["data"]);
        (ChildProcess dashboard, string address) = await system.StartDashboardAsync();
        await using BrowserSession browser = await BrowserSession.OpenAsync(address);
        await MeasureTimesAsync(new PageTimes(browser.Context, address), data, runs);
        await MeasureMemoryAsync(browser.Context, dashboard, $"{address}/sweeps/{data.Large}");
        await MeasureLiveAsync(system, browser.Context, address);
    }

    private static async Task MeasureTimesAsync(PageTimes times, SeededData data, int runs)
    {
        string large = $"/sweeps/{data.Large}";
        Report($"sweep page of {runs:N0} runs", await times.UntilAsync(large, RowsThere), TimeSpan.FromSeconds(0.5));
        Report("completion of its filter after a key", await times.CompleteAsync(large, RowsThere), TimeSpan.FromMilliseconds(100));
        (double usual, double slow) = await times.ScrollAsync(large, RowsThere);
        Console.WriteLine($"pages: scrolling it: {usual:F0} ms between frames, 95 % under {slow:F0} ms");

        Report(
            $"{SeededData.CurveRuns} curves of {SeededData.CurvePoints:N0} points",
            await times.UntilAsync($"/sweeps/{data.Curves}", $"{PointsOnCharts} >= {SeededData.CurveRuns * SeededData.CurvePoints}"),
            TimeSpan.FromSeconds(1));
        Report(
            $"comparison of {SeededData.LongRuns} runs of {SeededData.LongPoints:N0} points",
            await times.UntilAsync(
                $"/compare?metrics=batch%2Floss&ids={string.Join(',', data.Long)}",
                "[...document.querySelectorAll('.js-plotly-plot')].flatMap(p => p.data ?? []).filter(trace => trace.x?.length > 100).length >= " + SeededData.LongRuns),
            TimeSpan.FromSeconds(0.8));
    }

    private static async Task MeasureMemoryAsync(IBrowserContext browser, ChildProcess dashboard, string address)
    {
        long before = dashboard.Memory;
        IReadOnlyList<IPage> pages = await OpenAsync(browser, address, RowsThere);
        Console.WriteLine($"pages: {OpenPages} open pages: {(dashboard.Memory - before) / OpenPages / Megabyte:F0} MB of the server each, on {before / Megabyte:F0} MB (goal: under 150)");
        await CloseAsync(pages);
    }

    private static async Task MeasureLiveAsync(LoadSystem system, IBrowserContext browser, string address)
    {
        for (int number = 1; number <= Workers; number++)
        {
            system.StartWorker(number, PacedWorker.Command);
        }

        SweepView sweep = await LaunchAsync(system);
        string run = await RunningAsync(system, sweep.Id);
        double without = await LoadOfAsync(system.Orchestrator);
        IReadOnlyList<IPage> pages = await OpenAsync(browser, $"{address}/sweeps/{sweep.Id}", "document.querySelectorAll('table.runs tbody tr').length > 0");
        double with = await LoadOfAsync(system.Orchestrator);
        Console.WriteLine(
            $"pages: {OpenPages} pages on a sweep that {Workers} workers train: {100 * (with - without):F1} % of a core of the Orchestrator "
            + $"({100 * with:F1} with, {100 * without:F1} without; goal: under 10)");
        await CloseAsync(pages);

        IPage page = await browser.NewPageAsync();
        await page.GotoAsync($"{address}/runs/{run}");
        await page.WaitForFunctionAsync($"() => {PointsOnCharts} > 0");
        IReadOnlyList<double> late = await Lateness.WatchAsync(page, Watching);
        Console.WriteLine($"pages: {late.Count} epochs on a run's page: {late[late.Count / 2]:F0} ms after their telling, 95 % within {late[(int)(late.Count * 0.95)]:F0} ms (goal: 200)");
    }

    private static async Task<SweepView> LaunchAsync(LoadSystem system)
    {
        using var body = new StringContent(
            $$"""{ "name": "live", "dataset": "digits", "base": { "epochs": 5000 }, "grid": { "seed": [{{string.Join(", ", Enumerable.Range(1, Workers))}}] } }""",
            Encoding.UTF8,
            "application/json");
        using HttpResponseMessage response = await system.Client.PostAsync(new Uri("/api/sweeps", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<SweepView>(ContractJson.Options))!;
    }

    /// <returns>One of the runs, once all are training.</returns>
    private static async Task<string> RunningAsync(LoadSystem system, string sweepId)
    {
        while (true)
        {
            Page<RunView> runs = (await system.Client.GetFromJsonAsync<Page<RunView>>($"/api/sweeps/{sweepId}/runs", ContractJson.Options))!;
            if (runs.Items.All(run => run is { Status: RunStatus.Running, Epoch: > 2 }))
            {
                return runs.Items[0].Id;
            }

            await Task.Delay(200);
        }
    }

    /// <returns>The load as a share of one core.</returns>
    private static async Task<double> LoadOfAsync(ChildProcess process)
    {
        (TimeSpan before, long start) = (process.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(Watching);
        return (process.ProcessorTime - before) / Stopwatch.GetElapsedTime(start);
    }

    private static async Task<IReadOnlyList<IPage>> OpenAsync(IBrowserContext browser, string address, string isThere)
    {
        var pages = new List<IPage>();
        for (int number = 0; number < OpenPages; number++)
        {
            IPage page = await browser.NewPageAsync();
            await page.GotoAsync(address);
            await page.WaitForFunctionAsync($"() => {isThere}");
            pages.Add(page);
        }

        return pages;
    }

    private static async Task CloseAsync(IEnumerable<IPage> pages)
    {
        foreach (IPage page in pages)
        {
            await page.CloseAsync();
        }
    }

    private static void Report(string what, TimeSpan took, TimeSpan goal) =>
        Console.WriteLine($"pages: {what}: there after {took.TotalSeconds:F2} s (goal: {goal.TotalSeconds:F1})");
}
