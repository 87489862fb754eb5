using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>
/// The rows of a long table that are known: read in stretches as somebody scrolls, and read again when they are out of date. Far ones are forgotten, so
/// that a page holds a few hundred rows of however many there are.
/// </summary>
/// <param name="read">Reads rows: the first and how many.</param>
public sealed class RunRows(Func<int, int, CancellationToken, Task<Page<RunView>>> read)
{
    private const int Step = 25;
    private const int MostKept = 500;

    private readonly Dictionary<int, RunView> _rows = [];
    private int _version;
    private int _readVersion = -1;
    private int _lastFirst;

    /// <summary>Rows in all, as far as is known.</summary>
    public int Total { get; private set; }

    /// <summary>What is known is shown until it was read again.</summary>
    public void Invalidate() => _version++;

    /// <summary>Another table from now on.</summary>
    public void Clear()
    {
        _rows.Clear();
        Total = 0;
        _version++;
    }

    /// <summary>The rows from <paramref name="first"/> on, fewer at the end of the table.</summary>
    public async Task<IReadOnlyList<RunView>> GetAsync(int first, int count, CancellationToken cancellationToken)
    {
        if (_readVersion != _version || !Knows(first, Math.Min(first + count, Total)))
        {
            await ReadAsync(first, count, cancellationToken);
        }

        return Known(first, count);
    }

    /// <summary>Where the rows begin that somebody who scrolls on will want next, before or after those that were got last; null when they are known.</summary>
    public int? Ahead(int first, int count)
    {
        int next = first >= _lastFirst ? first + count : Math.Max(0, first - count);
        int end = Math.Min(next + count, Total);
        bool hasMoved = first != _lastFirst;
        _lastFirst = first;
        return hasMoved && next < end && !Knows(next, end) ? next : null;
    }

    /// <summary>Those of them that are known, without reading.</summary>
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
            // The table has changed meanwhile; whoever changed it asks again.
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
