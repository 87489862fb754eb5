using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Metrics;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>
/// The points of one metric of one run, ordered by step, one per step. The result depends neither on the order of arrival nor on any
/// worker's clock: as in the archive, the newest attempt that measured a step wins.
/// </summary>
public sealed class Curve
{
    private readonly List<SeriesPoint> _points = [];
    private readonly Dictionary<bool, (int Revision, int Count, CurveExtent? Extent)> _extents = [];
    private (int Attempt, long Step)? _end;

    public Curve()
    {
    }

    /// <summary>A curve read from the archive.</summary>
    /// <param name="points">In the order of their step.</param>
    /// <param name="revision">A new number for each reading, since points drawn from an earlier one no longer match.</param>
    public Curve(IEnumerable<SeriesPoint> points, int revision)
    {
        _points.AddRange(points);
        Revision = revision;
    }

    public IReadOnlyList<SeriesPoint> Points => _points;

    /// <summary>Changes with every change other than an append: the points drawn before no longer match.</summary>
    public int Revision { get; private set; }

    /// <summary>The last step measured by this attempt or a later one; 0 if there is none.</summary>
    public long LastStepOf(int attempt)
    {
        int index = _points.FindLastIndex(point => point.Attempt >= attempt);
        return index < 0 ? 0 : _points[index].Step;
    }

    /// <summary>The range of its values. Cached, since live points change one curve of many ten times a second.</summary>
    public CurveExtent? Extent(bool isLog)
    {
        if (!_extents.TryGetValue(isLog, out (int Revision, int Count, CurveExtent? Extent) known) || (known.Revision, known.Count) != (Revision, _points.Count))
        {
            _extents[isLog] = known = (Revision, _points.Count, CurveExtent.Of(_points, isLog));
        }

        return known.Extent;
    }

    /// <summary>Inserts a point by its step. Of two at the same step, the later attempt's is kept.</summary>
    public void Add(SeriesPoint point)
    {
        if (IsBeyondEnd(point))
        {
            return;
        }

        if (_points.Count == 0 || point.Step > _points[^1].Step)
        {
            _points.Add(point);
            return;
        }

        int index = IndexOf(point.Step);
        if (index < 0)
        {
            _points.Insert(~index, point);
            Revision++;
        }
        else if (point.Attempt >= _points[index].Attempt)
        {
            Replace(index, point);
        }
    }

    /// <summary>
    /// Adds the archive's points, which may be thinned. An attempt measures every step between two of its points, so earlier attempts' points there no
    /// longer counts.
    /// </summary>
    /// <param name="points">In the order of their step.</param>
    public void AddHistory(IReadOnlyList<SeriesPoint> points)
    {
        Add(points);
        int place = 0;
        int removed = _points.RemoveAll(point =>
        {
            while (place < points.Count && points[place].Step < point.Step)
            {
                place++;
            }

            return place > 0 && place < points.Count && point.Step < points[place].Step
                && point.Attempt < Math.Min(points[place - 1].Attempt, points[place].Attempt);
        });
        Revision += removed > 0 ? 1 : 0;
    }

    /// <summary>The completing attempt ended at this step: points of earlier attempts beyond it are ignored, also those that arrive later.</summary>
    public void EndAt(int attempt, long step)
    {
        _end = (attempt, step);
        if (_points.RemoveAll(IsBeyondEnd) > 0)
        {
            Revision++;
        }
    }

    public void Add(IEnumerable<SeriesPoint> points)
    {
        foreach (SeriesPoint point in points)
        {
            Add(point);
        }
    }

    /// <summary>Thins the curve to half of <paramref name="limit"/> when it exceeds that, keeping extremes.</summary>
    public void Bound(int limit)
    {
        if (_points.Count <= limit)
        {
            return;
        }

        IReadOnlyList<SeriesPoint> kept = CurveThinning.Reduce(_points, limit / 2);
        _points.Clear();
        _points.AddRange(kept);
        Revision++;
    }

    private bool IsBeyondEnd(SeriesPoint point) => _end is { } end && point.Attempt < end.Attempt && point.Step > end.Step;

    private void Replace(int index, SeriesPoint point)
    {
        // History may lack times that are already known.
        SeriesPoint kept = point.Time == default ? point with { Time = _points[index].Time } : point;
        bool isDrawnTheSame = kept.Value.Equals(_points[index].Value) && kept.Time == _points[index].Time;
        _points[index] = kept;
        Revision += isDrawnTheSame ? 0 : 1;
    }

    private int IndexOf(long step)
    {
        int low = 0;
        int high = _points.Count - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            long found = _points[middle].Step;
            if (found == step)
            {
                return middle;
            }

            if (found < step)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
