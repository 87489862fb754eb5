using System.Diagnostics;
using System.Text;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Runs.Attempts;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.TestSystem.Seeding;

namespace Experiments.Benchmarks;

/// <summary>The cost of a run's bookkeeping: claim, one epoch, end, without a bus.</summary>
internal static class RunsBenchmark
{
    public static async Task RunAsync(int runs)
    {
        await using OrchestratorHost host = await OrchestratorHost.StartAsync();
        using var body = new StringContent(BenchmarkSweep.Of(runs), Encoding.UTF8, "application/json");
        HttpResponseMessage response = await host.Client.PostAsync(new Uri("/api/sweeps", UriKind.Relative), body);
        SweepView sweep = (await response.Content.ReadFromJsonAsync<SweepView>(ContractJson.Options))!;
        long start = Stopwatch.GetTimestamp();
        while (sweep.Status != SweepStatus.Completed)
        {
            await WorkAsync(host, sweep.Id);
            sweep = (await host.Client.GetFromJsonAsync<SweepView>($"/api/sweeps/{sweep.Id}", ContractJson.Options))!;
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"runs: {runs:N0} runs in {took.TotalSeconds:F2} s: {took.TotalMilliseconds / runs:F1} ms per run");
    }

    /// <summary>Claims runs until none is left.</summary>
    private static async Task WorkAsync(OrchestratorHost host, string sweepId)
    {
        RunClaims claims = host.Services.GetRequiredService<RunClaims>();
        EpochReports reports = host.Services.GetRequiredService<EpochReports>();
        AttemptEnds ends = host.Services.GetRequiredService<AttemptEnds>();
        var metrics = new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = 0.5 };
        while ((await claims.ClaimAsync(new ClaimRun("worker", sweepId), CancellationToken.None)).Given is { } run)
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            await reports.HandleAsync(new EpochFinished(run.SweepId, run.RunId, run.Attempt, "worker", 1, 10, metrics, now), CancellationToken.None);
            await ends.HandleAsync(
                new AttemptEnded
                {
                    SweepId = run.SweepId,
                    RunId = run.RunId,
                    Attempt = run.Attempt,
                    WorkerId = "worker",
                    Outcome = AttemptOutcome.Completed,
                    Time = now,
                },
                CancellationToken.None);
        }
    }
}
