using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The points of one metric of one run, in the order of their step, one per step.</summary>
public sealed class Curve
{
    private readonly List<SeriesPoint> _points = [];

    public IReadOnlyList<SeriesPoint> Points => _points;

    /// <summary>Changes whenever something other than appending happened: what was drawn before no longer fits.</summary>
    public int Revision { get; private set; }

    /// <summary>Adds a point in its place. Of two at the same step the one measured later stays.</summary>
    public void Add(SeriesPoint point)
    {
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
        else if (point.Time >= _points[index].Time && point.Value != _points[index].Value)
        {
            _points[index] = point;
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

    /// <summary>Thins the curve to half of <paramref name="limit"/> when it has grown beyond it, extremes kept.</summary>
    public void Bound(int limit)
    {
        if (_points.Count <= limit)
        {
            return;
        }

        IReadOnlyList<SeriesPoint> kept = Thinning.KeepExtremes(_points, limit / 2);
        _points.Clear();
        _points.AddRange(kept);
        Revision++;
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
