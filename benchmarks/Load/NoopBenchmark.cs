using System.Diagnostics;
using System.Globalization;
using System.Text;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.Benchmarks.Load;

/// <summary>
/// Runs that end immediately, from their launch to the end of the last; each is stored, ticketed, claimed, leased and ended in the database.
/// Target: at least as many per second as Celery's tasks on the same broker, which are not stored.
/// </summary>
internal static class NoopBenchmark
{
    private const int Workers = 4;
    private const int DefaultRuns = 10_000;
    private const string PeerOption = "--peer";

    /// <summary>Runs for warming up both sides.</summary>
    public const int WarmUp = 1_000;

    /// <param name="arguments"><c>[RUNS] [--peer FILE]</c>.</param>
    public static async Task RunAsync(string[] arguments)
    {
        int runs = arguments is [{ } first, ..] && first != PeerOption ? int.Parse(first, CultureInfo.InvariantCulture) : DefaultRuns;
        string? peer = Array.IndexOf(arguments, PeerOption) is >= 0 and int at ? arguments[at + 1] : null;
        await using LoadSystem system = await LoadSystem.StartAsync();
        double ours = await MeasureAsync(system, runs);
        if (peer is not null)
        {
            double theirs = await CeleryPeer.MeasureAsync(system, peer, runs, Workers);
            Console.WriteLine($"noop: Celery, {Workers} worker processes: {theirs:N0} tasks/s; ours is {ours / theirs:F2} of that");
        }
    }

    private static async Task<double> MeasureAsync(LoadSystem system, int runs)
    {
        for (int number = 1; number <= Workers; number++)
        {
            system.StartWorker(number);
        }

        await CompleteAsync(system, WarmUp);
        TimeSpan orchestrator = system.Orchestrator.ProcessorTime;
        TimeSpan workers = system.WorkersTime;
        TimeSpan took = await CompleteAsync(system, runs);
        double rate = runs / took.TotalSeconds;
        Console.WriteLine(
            $"noop: {runs:N0} runs in {took.TotalSeconds:F1} s by {Workers} worker processes: {rate:N0} runs/s; CPU per run: "
            + $"Orchestrator {(system.Orchestrator.ProcessorTime - orchestrator).TotalMilliseconds / runs:F2} ms, "
            + $"workers {(system.WorkersTime - workers).TotalMilliseconds / runs:F2} ms");
        return rate;
    }

    private static async Task<TimeSpan> CompleteAsync(LoadSystem system, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        string spec = BenchmarkSweep.Of(runs).Replace("\"maxRuns\"", "\"reuse\": false, \"maxRuns\"", StringComparison.Ordinal);
        using var body = new StringContent(spec, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await system.Client.PostAsync(new Uri("/api/sweeps", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        SweepView sweep = (await response.Content.ReadFromJsonAsync<SweepView>(ContractJson.Options))!;
        while (sweep.Status == SweepStatus.Running)
        {
            await Task.Delay(200);
            sweep = (await system.Client.GetFromJsonAsync<SweepView>($"/api/sweeps/{sweep.Id}", ContractJson.Options))!;
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        return sweep.RunCounts.Completed == runs ? took : throw new InvalidOperationException($"of {runs} runs {sweep.RunCounts} completed");
    }
}
