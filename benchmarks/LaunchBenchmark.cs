using System.Diagnostics;
using System.Text;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.TestSystem.Seeding;

namespace Experiments.Benchmarks;

/// <summary>Launches a large sweep over HTTP. Target: 10,000 runs stored and answered in less than 3 s.</summary>
internal static class LaunchBenchmark
{
    public static async Task RunAsync(int runs)
    {
        await using OrchestratorHost host = await OrchestratorHost.StartAsync();

        // The first request includes the JIT compilation.
        await LaunchAsync(host, 1);
        long start = Stopwatch.GetTimestamp();
        SweepView sweep = await LaunchAsync(host, runs);
        TimeSpan answered = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"launch: {sweep.RunCounts.Total:N0} runs stored and answered in {answered.TotalSeconds:F2} s");
        while (sweep.RunCounts.Pending > 0)
        {
            await Task.Delay(100);
            sweep = (await host.Client.GetFromJsonAsync<SweepView>($"/api/sweeps/{sweep.Id}", ContractJson.Options))!;
        }

        Console.WriteLine($"launch: all tickets out after {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
        start = Stopwatch.GetTimestamp();
        await host.Client.GetStringAsync(new Uri($"/api/sweeps/{sweep.Id}/runs?sort=-learningRate&take=100", UriKind.Relative));
        Console.WriteLine($"launch: a sorted page of 100 runs in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
    }

    private static async Task<SweepView> LaunchAsync(OrchestratorHost host, int runs)
    {
        using var body = new StringContent(BenchmarkSweep.Of(runs), Encoding.UTF8, "application/json");
        HttpResponseMessage response = await host.Client.PostAsync(new Uri("/api/sweeps", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<SweepView>(ContractJson.Options))!;
    }
}
