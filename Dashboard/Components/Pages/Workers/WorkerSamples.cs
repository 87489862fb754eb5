using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;

namespace Experiments.Dashboard.Components.Pages.Workers;

/// <summary>
/// The last hour of the workers on an open page: read once, then extended with each heartbeat, so that an open page costs the
/// Orchestrator nothing more. Not thread-safe.
/// </summary>
public sealed class WorkerSamples
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(45);
    private readonly Dictionary<string, (WorkerHistory History, List<WorkerSample> Samples)> _known = [];

    public IReadOnlyList<WorkerSample> SamplesOf(string id) => _known.TryGetValue(id, out var known) ? known.Samples : [];

    public int StepSeconds => _known.Values.Select(known => known.History.StepSeconds).FirstOrDefault(10);

    /// <summary>When the Orchestrator's history starts; null before the first read.</summary>
    public DateTimeOffset? Since => _known.Count == 0 ? null : _known.Values.Min(known => known.History.Since);

    /// <summary>Workers whose history must be read: new ones, and those that reappear after a gap.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<WorkerView> workers) =>
    [
        .. workers
            .Where(worker => !_known.TryGetValue(worker.Id, out var known)
                || (worker.State != WorkerState.Lost && known.Samples.Count > 0 && worker.LastSeen - known.Samples[^1].Time > LongestGap))
            .Select(worker => worker.Id),
    ];

    public void Set(WorkerHistory history) => _known[history.Id] = (history, [.. history.Samples]);

    /// <summary>Extends a history with the worker's current values.</summary>
    public void Add(WorkerView worker)
    {
        if (!_known.TryGetValue(worker.Id, out var known) || worker.State == WorkerState.Lost)
        {
            return;
        }

        List<WorkerSample> samples = known.Samples;
        if (samples.Count > 0 && (worker.LastSeen - samples[^1].Time).TotalSeconds < known.History.StepSeconds)
        {
            return;
        }

        samples.Add(new WorkerSample(
            worker.LastSeen, worker.MemoryUsed, worker.MemoryTotal, worker.Utilization, worker.Temperature, worker.RunId is not null));
        samples.RemoveAll(sample => worker.LastSeen - sample.Time > TimeSpan.FromSeconds(HistoryPath.Span));
    }

    /// <summary>Removes workers that no longer exist.</summary>
    public void Keep(IEnumerable<WorkerView> workers)
    {
        foreach (string gone in _known.Keys.Except(workers.Select(worker => worker.Id)).ToList())
        {
            _known.Remove(gone);
        }
    }
}
