using Experiments.Contracts.Api;
using Experiments.Orchestrator.Metrics.Database;

namespace Experiments.Orchestrator.Metrics;

/// <summary>
/// Long curves as they were last shown, so that looking at a comparison again does not go through millions of points again. Bounded by points; what
/// was read before a run's curves changed is never found after. Safe to use from several threads.
/// </summary>
/// <param name="mostPoints">That are kept, of 40 bytes each.</param>
internal sealed class ThinnedCurves(int mostPoints)
{
    /// <summary>Shorter ones are read as quickly.</summary>
    private const int FewestPoints = 100;

    /// <summary>Runs share counters, which costs a needless reading now and then, and no memory for each run there ever was.</summary>
    private const int Counters = 1024;

    private readonly Lock _gate = new();
    private readonly long[] _changes = new long[Counters];
    private readonly Dictionary<(long Series, int MaxPoints), Entry> _entries = [];
    private readonly LinkedList<(long Series, int MaxPoints)> _byUse = new();
    private int _points;

    /// <summary>To be taken before a curve is read, and given to <see cref="Add"/> with what was read.</summary>
    public long VersionOf(string runId) => Interlocked.Read(ref _changes[PlaceOf(runId)]);

    /// <summary>The curves of a run have changed; to be called when others can see it.</summary>
    public void Changed(string runId) => Interlocked.Increment(ref _changes[PlaceOf(runId)]);

    public IReadOnlyList<SeriesPoint>? Find(Series series, int maxPoints)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((series.Id, maxPoints), out Entry? entry) || entry.Version != VersionOf(series.RunId))
            {
                return null;
            }

            _byUse.Remove(entry.Use);
            _byUse.AddLast(entry.Use);
            return entry.Points;
        }
    }

    public void Add(Series series, int maxPoints, long version, IReadOnlyList<SeriesPoint> points)
    {
        if (points.Count < FewestPoints || points.Count > mostPoints)
        {
            return;
        }

        lock (_gate)
        {
            Remove((series.Id, maxPoints));
            while (_points + points.Count > mostPoints)
            {
                Remove(_byUse.First!.Value);
            }

            _entries.Add((series.Id, maxPoints), new Entry(version, points, _byUse.AddLast((series.Id, maxPoints))));
            _points += points.Count;
        }
    }

    private static int PlaceOf(string runId) => (int)((uint)runId.GetHashCode(StringComparison.Ordinal) % Counters);

    private void Remove((long Series, int MaxPoints) key)
    {
        if (_entries.Remove(key, out Entry? entry))
        {
            _byUse.Remove(entry.Use);
            _points -= entry.Points.Count;
        }
    }

    private sealed record Entry(long Version, IReadOnlyList<SeriesPoint> Points, LinkedListNode<(long Series, int MaxPoints)> Use);
}
