using System.Diagnostics;
using Experiments.Contracts.Api;

namespace Experiments.Benchmarks.Load;

/// <summary>Many idle workers. Target: 1,000 of them take less than half a core of the Orchestrator's process.</summary>
internal static class HeartbeatBenchmark
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>After this time all workers have joined and the code is compiled.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(int workers)
    {
        await using LoadSystem system = await LoadSystem.StartAsync();
        await using HeartbeatSource source = await HeartbeatSource.StartAsync(system.RabbitMq.ConnectionString, workers, Interval);
        await Task.Delay(WarmUp);
        source.Reset();
        long start = Stopwatch.GetTimestamp();
        TimeSpan before = system.Orchestrator.ProcessorTime;
        await Task.Delay(Measured);
        double core = (system.Orchestrator.ProcessorTime - before) / Stopwatch.GetElapsedTime(start);
        (int sent, double[] replies) = source.Read();
        WorkerView[] known = (await system.Client.GetFromJsonAsync<WorkerView[]>("/api/workers", Contracts.ContractJson.Options))!;
        Console.WriteLine(
            $"heartbeats: {workers:N0} workers every {Interval.TotalSeconds:F0} s, {sent:N0} sent and {replies.Length:N0} answered in {Measured.TotalSeconds:F0} s: "
            + $"{core:F3} of a core; answered after {At(replies, 0.5):F1} ms (median), {At(replies, 0.99):F1} ms (99 %); "
            + $"{known.Count(worker => worker.State == Contracts.Workers.WorkerState.Idle):N0} of the workers are known and live");
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)((sorted.Length - 1) * share)];
}
