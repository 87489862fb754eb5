using System.Diagnostics;
using System.Text;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.ServiceDefaults.Metrics;
using Experiments.TestSystem.Seeding;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Benchmarks;

/// <summary>Archives points of 16 concurrent runs, in batches as workers send them. Target: 10,000 points/s.</summary>
internal static class ArchiverBenchmark
{
    private const int Runs = 16;
    private const int BatchSize = 100;

    public static async Task RunAsync(int points)
    {
        await using OrchestratorHost host = await OrchestratorHost.StartAsync();
        IReadOnlyList<RunClaimed> runs = await ClaimAsync(host);
        MetricBatch[] batches = [.. Enumerable.Range(0, points / BatchSize).Select(batch => Batch(runs, batch, BatchSize))];
        IMetricStream stream = host.Services.GetRequiredService<IMetricStream>();
        IDbContextFactory<MetricsContext> contexts = host.Services.GetRequiredService<IDbContextFactory<MetricsContext>>();

        long start = Stopwatch.GetTimestamp();
        await stream.AppendAsync(batches, CancellationToken.None);
        int wanted = batches.Length * BatchSize;
        int stored = 0;
        while (stored < wanted)
        {
            await Task.Delay(50);
            await using MetricsContext db = await contexts.CreateDbContextAsync();
            stored = await db.Points.CountAsync();
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"archiver: {stored:N0} points in {took.TotalSeconds:F2} s: {stored / took.TotalSeconds:N0} points/s");
    }

    /// <summary>The runs whose points are sent.</summary>
    internal static async Task<IReadOnlyList<RunClaimed>> ClaimAsync(OrchestratorHost host)
    {
        using var body = new StringContent(BenchmarkSweep.Of(Runs), Encoding.UTF8, "application/json");
        HttpResponseMessage response = await host.Client.PostAsync(new Uri("/api/sweeps", UriKind.Relative), body);
        SweepView sweep = (await response.Content.ReadFromJsonAsync<SweepView>(ContractJson.Options))!;
        RunClaims claims = host.Services.GetRequiredService<RunClaims>();
        var claimed = new List<RunClaimed>();
        while (claimed.Count < Runs)
        {
            if ((await claims.ClaimAsync(new ClaimRun($"worker-{claimed.Count}", sweep.Id), CancellationToken.None)).Given is { } run)
            {
                claimed.Add(run);
            }
            else
            {
                await Task.Delay(20);
            }
        }

        return claimed;
    }

    /// <summary>Batches alternate between the runs, and the steps of each run have no gaps.</summary>
    internal static MetricBatch Batch(IReadOnlyList<RunClaimed> runs, long batch, int size)
    {
        RunClaimed run = runs[(int)(batch % runs.Count)];
        long first = batch / runs.Count * size;
        return new MetricBatch(run.SweepId, run.RunId, run.Attempt,
        [
            .. Enumerable.Range(1, size)
                .Select(i => new MetricPoint(first + i, MetricNames.BatchLoss, first + i, 1.0 / (first + i), DateTimeOffset.UnixEpoch)),
        ]);
    }
}
