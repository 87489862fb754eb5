using System.Collections.Concurrent;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Workers;

/// <summary>The last hour of each worker, from its heartbeats. In memory only: about 20 KB per worker, and no disk write per heartbeat.</summary>
public sealed class WorkerHistories(TimeProvider time)
{
    private static readonly TimeSpan Span = TimeSpan.FromHours(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, SampleRing> _rings = [];
    private readonly DateTimeOffset _since = time.GetUtcNow();

    public void Add(Heartbeat heartbeat)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!_rings.TryGetValue(heartbeat.WorkerId, out SampleRing? ring))
        {
            // New workers appear under ever new names.
            Forget(now - Span);
            ring = _rings.GetOrAdd(heartbeat.WorkerId, _ => new SampleRing((int)(Span / Step), Step));
        }

        ring.Add(heartbeat, now);
    }

    /// <summary>The last hour of a worker; without samples when it has sent no heartbeat.</summary>
    public WorkerHistory Of(string id)
    {
        IReadOnlyList<WorkerSample> samples = _rings.TryGetValue(id, out SampleRing? ring) ? ring.Since(time.GetUtcNow() - Span) : [];
        return new WorkerHistory(id, _since, (int)Step.TotalSeconds, samples);
    }

    private void Forget(DateTimeOffset before)
    {
        foreach ((string id, SampleRing ring) in _rings)
        {
            if (ring.NewestTime < before)
            {
                _rings.TryRemove(id, out _);
            }
        }
    }
}
