using System.Diagnostics.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Counts runs by status when metrics are collected; without a collector, nothing is counted.</summary>
internal sealed class RunGauge(IMeterFactory meters, IDbContextFactory<StateContext> contexts, TimeProvider time) : IHostedService
{
    /// <summary>Collectors may ask every second.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private IReadOnlyList<Measurement<long>> _counts = [];
    private long? _countedAt;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The factory's meter ends with this host, and with it the observation.
        meters.Create(ExperimentsTelemetry.OrchestratorName).CreateObservableGauge(ExperimentsMetrics.Runs, Count, "{run}");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IReadOnlyList<Measurement<long>> Count()
    {
        lock (_gate)
        {
            if (_countedAt is { } counted && time.GetElapsedTime(counted) < Freshness)
            {
                return _counts;
            }

            using StateContext db = contexts.CreateDbContext();
            Dictionary<RunStatus, long> counts = db.Runs.GroupBy(run => run.Status).Select(group => new { group.Key, Count = group.LongCount() })
                .ToDictionary(group => group.Key, group => group.Count);
            _counts = [.. Enum.GetValues<RunStatus>().Select(status => new Measurement<long>(
                counts.GetValueOrDefault(status), KeyValuePair.Create("status", (object?)status.ToString().ToLowerInvariant())))];
            _countedAt = time.GetTimestamp();
            return _counts;
        }
    }
}
