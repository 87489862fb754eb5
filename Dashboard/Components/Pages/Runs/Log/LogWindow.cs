using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Runs.Log;

/// <summary>Lines that are rendered together.</summary>
/// <param name="Id">Does not change when lines are added.</param>
public sealed record LogChunk(int Id, RunLogPage Page);

/// <summary>
/// The part of a log on the page. It grows at the visible end and drops lines at the other, so that a log of any length takes little
/// memory and renders quickly. Pure.
/// </summary>
public sealed class LogWindow
{
    /// <summary>The most lines on the page, apart from some more at the growing end.</summary>
    public const int MostLines = 1_000;

    /// <summary>A part with fewer lines takes the lines that follow.</summary>
    private const int FullChunk = 200;

    private readonly List<LogChunk> _chunks = [];
    private int _nextId;

    public IReadOnlyList<LogChunk> Chunks => _chunks;

    public int Lines => _chunks.Sum(chunk => chunk.Page.Lines.Count);

    /// <summary>The position of earlier lines; null if there are none.</summary>
    public string? Before => _chunks.Count == 0 ? null : _chunks[0].Page.Before;

    /// <summary>The position of later lines; null while the log is empty.</summary>
    public string? After => _chunks.Count == 0 ? null : _chunks[^1].Page.After;

    /// <summary>True if the newest line is included.</summary>
    public bool IsEnd { get; private set; } = true;

    /// <summary>The total number of lines.</summary>
    public int Total { get; private set; }

    /// <summary>Starts over with the newest lines.</summary>
    public void Show(RunLogPage newest)
    {
        _chunks.Clear();
        (IsEnd, Total) = (newest.IsEnd, newest.Total);
        if (newest.Lines.Count > 0)
        {
            _chunks.Add(new LogChunk(_nextId++, newest));
        }
    }

    public void AddEarlier(RunLogPage page)
    {
        if (page.Lines.Count == 0)
        {
            if (_chunks.Count > 0)
            {
                _chunks[0] = _chunks[0] with { Page = _chunks[0].Page with { Before = null } };
            }

            return;
        }

        Total = page.Total;
        _chunks.Insert(0, new LogChunk(_nextId++, page));
        while (Lines - _chunks[^1].Page.Lines.Count >= MostLines)
        {
            _chunks.RemoveAt(_chunks.Count - 1);
            IsEnd = false;
        }
    }

    public void AddLater(RunLogPage page)
    {
        (IsEnd, Total) = (page.IsEnd, page.Total);
        page = page with { Lines = [.. page.Lines.Where(IsNew)] };
        if (page.Lines.Count == 0)
        {
            return;
        }

        if (_chunks.Count > 0 && _chunks[^1] is { } last && last.Page.Lines.Count < FullChunk)
        {
            _chunks[^1] = last with { Page = page with { Lines = [.. last.Page.Lines, .. page.Lines], Before = last.Page.Before } };
        }
        else
        {
            _chunks.Add(new LogChunk(_nextId++, page));
        }

        while (Lines - _chunks[0].Page.Lines.Count >= MostLines)
        {
            _chunks.RemoveAt(0);
        }
    }

    /// <summary>Skips lines that another read added meanwhile, since duplicate keys break the page.</summary>
    private bool IsNew(RunLogEntry line) =>
        _chunks.Count == 0 || (_chunks[^1].Page.Lines[^1] is var last && (line.Attempt, line.Sequence).CompareTo((last.Attempt, last.Sequence)) > 0);

    /// <summary>True if there are newer lines that are not read yet.</summary>
    public void FellBehind() => IsEnd = false;
}
