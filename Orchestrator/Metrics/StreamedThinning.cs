using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.Metrics;

/// <summary>
/// Gives the result of <see cref="Thinning.Reduce"/> for a curve of known length that is read point by point. Only the extremes of the current
/// stretch are in memory, so a curve of a million points needs no more memory than one of a thousand.
/// </summary>
internal sealed class StreamedThinning
{
    private readonly int _count;
    private readonly int _stretches;
    private readonly List<SeriesPoint> _kept;
    private int _position;
    private int _stretch;
    private int _end;
    private (int At, SeriesPoint Point) _low = (-1, default);
    private (int At, SeriesPoint Point) _high = (-1, default);

    /// <param name="count">The number of points that follow.</param>
    /// <param name="most">The number of points to keep: at least 4, fewer than <paramref name="count"/>.</param>
    public StreamedThinning(int count, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 4);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(count, most);
        _count = count;
        _stretches = (most - 2) / 2;
        _kept = new List<SeriesPoint>(most);
        _end = EndOf(0);
    }

    /// <summary>
    /// Whether the next point may have to be kept, judging by its value. If so, pass it to <see cref="Take"/>, otherwise call <see cref="Skip"/>.
    /// </summary>
    public bool Wants(double value) =>
        _position == 0 || _position >= _count - 1 || _low.At < 0 || _position >= _end || value < _low.Point.Value || value > _high.Point.Value;

    public void Skip() => _position++;

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

    public IReadOnlyList<SeriesPoint> Result()
    {
        Close();
        return _kept;
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
