using Experiments.Contracts.Api;
using Experiments.Orchestrator.Metrics.Database;

namespace Experiments.Orchestrator.Metrics;

/// <summary>
/// Caches downsampled long curves, so that viewing a comparison again does not read millions of points again. Bounded by the number of points. Curves
/// read before a change are never returned after it. Safe for use by several threads.
/// </summary>
/// <param name="mostPoints">The capacity in points of 40 bytes.</param>
internal sealed class ThinnedCurves(int mostPoints)
{
    /// <summary>Reading a shorter curve is as fast.</summary>
    private const int FewestPoints = 100;

    /// <summary>Runs share counters: this costs a needless read now and then, but no memory per run.</summary>
    private const int Counters = 1024;

    private readonly Lock _gate = new();
    private readonly long[] _changes = new long[Counters];
    private readonly Dictionary<(long Series, int MaxPoints), Entry> _entries = [];
    private readonly LinkedList<(long Series, int MaxPoints)> _byUse = new();
    private int _points;

    /// <summary>Call this before reading a curve, and pass the result to <see cref="Add"/> with the points.</summary>
    public long VersionOf(string runId) => Interlocked.Read(ref _changes[PlaceOf(runId)]);

    /// <summary>Call this when changed curves of a run have become visible to readers.</summary>
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
