using Experiments.Contracts.Api;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>
/// Downsamples a long curve for drawing. It keeps the first and the last point, divides the rest into segments of equal length, and keeps the lowest and
/// the highest point of each, so that no spike is lost. A curve can be read point by point: only the extremes of the current segment are in memory, so a
/// curve of a million points needs no more memory than one of a thousand.
/// </summary>
public sealed class CurveThinning
{
    /// <summary>The fewest points that include both ends and both extremes.</summary>
    public const int FewestStreamed = 4;

    private readonly int _count;
    private readonly int _stretches;
    private readonly List<SeriesPoint> _kept;
    private int _position;
    private int _stretch;
    private int _end;
    private (int At, SeriesPoint Point) _low = (-1, default);
    private (int At, SeriesPoint Point) _high = (-1, default);

    /// <summary>Starts downsampling a curve that is read point by point.</summary>
    /// <param name="count">The number of points that will be read.</param>
    /// <param name="most">Points to keep: at least <see cref="FewestStreamed"/>, fewer than <paramref name="count"/>.</param>
    public CurveThinning(int count, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, FewestStreamed);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(count, most);
        _count = count;
        _stretches = (most - 2) / 2;
        _kept = new List<SeriesPoint>(most);
        _end = EndOf(0);
    }

    /// <summary>Downsamples <paramref name="points"/> to at most <paramref name="most"/>, in the same order.</summary>
    /// <param name="points">Sorted by step. Returned unchanged if there are at most <paramref name="most"/>.</param>
    /// <param name="most">At least 1. Below <see cref="FewestStreamed"/>, the lowest, highest, last and first points are kept, in this order.</param>
    public static IReadOnlyList<SeriesPoint> Reduce(IReadOnlyList<SeriesPoint> points, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (points.Count <= most)
        {
            return points;
        }

        if (most < FewestStreamed)
        {
            return Fewest(points, most);
        }

        var thinning = new CurveThinning(points.Count, most);
        foreach (SeriesPoint point in points)
        {
            thinning.Take(point);
        }

        return thinning.Result();
    }

    /// <summary>Whether the next point may be kept because of its value; if so, pass it to <see cref="Take"/>, otherwise call <see cref="Skip"/>.</summary>
    public bool Wants(double value) =>
        _position == 0 || _position >= _count - 1 || _low.At < 0 || _position >= _end || value < _low.Point.Value || value > _high.Point.Value;

    /// <summary>Skips a point that is not kept.</summary>
    public void Skip() => _position++;

    /// <summary>Adds the next point in the order of steps.</summary>
    public void Take(SeriesPoint point)
    {
        if (_position == 0 || _position >= _count - 1)
        {
            Close();
            _kept.Add(point);
        }
        else
        {
            if (_position >= _end)
            {
                Close();
                _end = EndOf(++_stretch);
            }

            _low = _low.At < 0 || point.Value < _low.Point.Value ? (_position, point) : _low;
            _high = _high.At < 0 || point.Value > _high.Point.Value ? (_position, point) : _high;
        }

        _position++;
    }

    /// <summary>The points to keep, once all have been taken or skipped.</summary>
    public IReadOnlyList<SeriesPoint> Result()
    {
        Close();
        return _kept;
    }

    private static SeriesPoint[] Fewest(IReadOnlyList<SeriesPoint> points, int most)
    {
        int[] indexes = [.. Enumerable.Range(0, points.Count)];
        int[] wanted = [indexes.MinBy(i => points[i].Value), indexes.MaxBy(i => points[i].Value), points.Count - 1, 0];
        return [.. wanted.Distinct().Take(most).Order().Select(i => points[i])];
    }

    private int EndOf(int stretch) => 1 + (int)((long)(_count - 2) * (stretch + 1) / _stretches);

    private void Close()
    {
        if (_low.At >= 0)
        {
            _kept.Add(_low.At <= _high.At ? _low.Point : _high.Point);
            if (_low.At != _high.At)
            {
                _kept.Add(_low.At <= _high.At ? _high.Point : _low.Point);
            }
        }

        (_low, _high) = ((-1, default), (-1, default));
    }
}
