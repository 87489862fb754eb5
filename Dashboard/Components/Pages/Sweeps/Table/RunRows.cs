using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>
/// The loaded rows of a long table: read in blocks while the user scrolls, and reloaded when outdated. Distant ones are dropped, so
/// that a page holds only a few hundred rows.
/// </summary>
/// <param name="read">Reads rows, given the first index and the number.</param>
public sealed class RunRows(Func<int, int, CancellationToken, Task<Page<RunView>>> read)
{
    private const int Step = 25;
    private const int MostKept = 500;

    private readonly Dictionary<int, RunView> _rows = [];
    private int _version;
    private int _readVersion = -1;
    private int _lastFirst;

    /// <summary>The total number of rows, as far as known.</summary>
    public int Total { get; private set; }

    /// <summary>Marks rows as outdated; they are shown until reloaded.</summary>
    public void Invalidate() => _version++;

    /// <summary>Starts a new table.</summary>
    public void Clear()
    {
        _rows.Clear();
        Total = 0;
        _version++;
    }

    /// <summary>The rows from <paramref name="first"/> on; fewer at the end of the table.</summary>
    public async Task<IReadOnlyList<RunView>> GetAsync(int first, int count, CancellationToken cancellationToken)
    {
        if (_readVersion != _version || !Knows(first, Math.Min(first + count, Total)))
        {
            await ReadAsync(first, count, cancellationToken);
        }

        return Known(first, count);
    }

    /// <summary>The start of the rows to prefetch in the direction of scrolling; null if they are loaded.</summary>
    public int? Ahead(int first, int count)
    {
        int next = first >= _lastFirst ? first + count : Math.Max(0, first - count);
        int end = Math.Min(next + count, Total);
        bool hasMoved = first != _lastFirst;
        _lastFirst = first;
        return hasMoved && next < end && !Knows(next, end) ? next : null;
    }

    /// <summary>The loaded ones of these rows, without reading.</summary>
    public IReadOnlyList<RunView> Known(int first, int count)
    {
        var known = new List<RunView>(Math.Min(count, _rows.Count));
        for (int row = first; row < first + count && _rows.TryGetValue(row, out RunView? run); row++)
        {
            known.Add(run);
        }

        return known;
    }

    private async Task ReadAsync(int first, int count, CancellationToken cancellationToken)
    {
        int version = _version;
        int from = first / Step * Step;
        int to = (first + Math.Max(count, 1) + Step - 1) / Step * Step;
        Page<RunView> page = await read(from, to - from, cancellationToken);
        if (version != _version)
        {
            // The table changed meanwhile; the change triggers its own read.
            return;
        }

        if (_readVersion != version)
        {
            _rows.Clear();
            _readVersion = version;
        }

        Total = page.Total;
        foreach ((int index, RunView run) in page.Items.Index())
        {
            _rows[from + index] = run;
        }

        Forget(first + (count / 2));
    }

    private bool Knows(int first, int end)
    {
        for (int row = first; row < end; row++)
        {
            if (!_rows.ContainsKey(row))
            {
                return false;
            }
        }

        return true;
    }

    private void Forget(int middle)
    {
        if (_rows.Count <= MostKept)
        {
            return;
        }

        foreach (int row in _rows.Keys.OrderByDescending(row => Math.Abs(row - middle)).Take(_rows.Count - MostKept).ToList())
        {
            _rows.Remove(row);
        }
    }
}
