using System.Diagnostics;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.ServiceDefaults.Metrics;
using Experiments.TestServers;
using Experiments.TestSystem.Seeding;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Benchmarks.Load;

/// <summary>Points at a constant rate over Redis. Target: at 20,000 points/s the archive's lag does not grow.</summary>
internal static class ArchiverLagBenchmark
{
    private const int Seconds = 60;
    private const int BatchSize = 100;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <param name="rate">Points per second.</param>
    public static async Task RunAsync(int rate)
    {
        await using PrivateRedis redis = await PrivateRedis.StartAsync();
        await using OrchestratorHost host = await OrchestratorHost.StartAsync(redis.ConnectionString);
        IReadOnlyList<RunClaimed> runs = await ArchiverBenchmark.ClaimAsync(host);
        var sent = new Counter();
        long start = Stopwatch.GetTimestamp();
        Task sending = SendAsync(host.Services.GetRequiredService<IMetricStream>(), runs, rate, sent, start);
        var lags = new List<long>();
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(Look));
            long before = sent.Value;
            lags.Add(before - await StoredAsync(host));
        }

        await sending;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long late = Stopwatch.GetTimestamp();
        while (await StoredAsync(host) < sent.Value)
        {
            await Task.Delay(20);
        }

        int third = lags.Count / 3;
        Console.WriteLine(
            $"archiver: {sent.Value:N0} points sent in {seconds:F1} s, {sent.Value / seconds:N0} points/s; behind by {Mean(lags[..third], rate):F2} s in the first third, "
            + $"{Mean(lags[third..(2 * third)], rate):F2} s in the second, {Mean(lags[(2 * third)..], rate):F2} s in the last, at most {lags.Max() / (double)rate:F2} s; "
            + $"all stored {Stopwatch.GetElapsedTime(late).TotalSeconds:F2} s after the last");
    }

    private static double Mean(List<long> lags, int rate) => lags.Count == 0 ? 0 : lags.Average() / rate;

    private static async Task SendAsync(IMetricStream stream, IReadOnlyList<RunClaimed> runs, int rate, Counter sent, long start)
    {
        long batches = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds)
        {
            long due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * rate) / BatchSize;
            if (due > batches)
            {
                MetricBatch[] page = [.. Enumerable.Range(0, (int)(due - batches)).Select(i => ArchiverBenchmark.Batch(runs, batches + i, BatchSize))];
                await stream.AppendAsync(page, CancellationToken.None);
                batches = due;
                sent.Value = batches * BatchSize;
            }

            await Task.Delay(Tick);
        }
    }

    /// <summary>Counts by the highest step of each curve, since steps arrive in order and without gaps. Counting a million rows each second would cost more than storing them.</summary>
    private static async Task<long> StoredAsync(OrchestratorHost host)
    {
        await using MetricsContext db = await host.Services.GetRequiredService<IDbContextFactory<MetricsContext>>().CreateDbContextAsync();
        return await db.Series.Select(series => db.Points.Where(point => point.SeriesId == series.Id).Max(point => point.Step)).SumAsync();
    }

    private sealed class Counter
    {
        private long _value;

        public long Value
        {
            get => Volatile.Read(ref _value);
            set => Volatile.Write(ref _value, value);
        }
    }
}
