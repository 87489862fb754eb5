using Experiments.Contracts.Metrics;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.State;
using Experiments.TestSystem.Seeding;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Benchmarks.Pages;

/// <summary>Sweeps that look as if they had been trained: see <see cref="SeededSweep"/>; some with their curves.</summary>
/// <param name="Large">A sweep with a given number of runs.</param>
/// <param name="Curves">A sweep of 200 runs with 1,000 epochs each.</param>
/// <param name="Long">Ids of 50 runs with 100,000 iterations each.</param>
internal sealed record SeededData(string Large, string Curves, IReadOnlyList<string> Long)
{
    public const int CurveRuns = 200;
    public const int CurvePoints = 1_000;
    public const int LongRuns = 50;
    public const int LongPoints = SeededSweep.Iterations;
    private const int PointsPerBatch = 10_000;

    public static async Task<SeededData> CreateAsync(string folder, int largeRuns)
    {
        await using OrchestratorHost host = await OrchestratorHost.StartAsync(folder: folder);
        string large = await SeededSweep.CreateAsync(host, largeRuns, epochs: 10);
        string curves = await SeededSweep.CreateAsync(host, CurveRuns, CurvePoints);
        string iterations = await SeededSweep.CreateAsync(host, LongRuns, epochs: 10);
        foreach (string run in await RunsAsync(host, curves))
        {
            await StoreAsync(host, curves, run, MetricNames.ValidationAccuracy, CurvePoints);
        }

        IReadOnlyList<string> runs = await RunsAsync(host, iterations);
        foreach (string run in runs)
        {
            await StoreAsync(host, iterations, run, MetricNames.BatchLoss, LongPoints);
        }

        return new SeededData(large, curves, runs);
    }

    private static async Task<IReadOnlyList<string>> RunsAsync(OrchestratorHost host, string sweepId)
    {
        await using StateContext db = await host.Services.GetRequiredService<IDbContextFactory<StateContext>>().CreateDbContextAsync();
        return await db.Runs.Where(run => run.SweepId == sweepId).OrderBy(run => run.Cell).Select(run => run.Id).ToListAsync();
    }

    private static async Task StoreAsync(OrchestratorHost host, string sweepId, string runId, string metric, int points)
    {
        MetricArchive archive = host.Services.GetRequiredService<MetricArchive>();
        foreach (int[] steps in Enumerable.Range(1, points).Chunk(PointsPerBatch))
        {
            MetricPoint[] batch = [.. steps.Select(step => new MetricPoint(step, metric, step, Value(step, points), DateTimeOffset.UnixEpoch.AddSeconds(step)))];
            await archive.StoreAsync([new MetricBatch(sweepId, runId, 1, batch)], position: null, CancellationToken.None);
        }
    }

    private static double Value(int step, int points) => ((double)step / points) + (0.2 * SeededSweep.Noise(step));
}
