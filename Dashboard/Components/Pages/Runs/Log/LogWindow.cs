using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Runs.Log;

/// <summary>Lines that are drawn together.</summary>
/// <param name="Id">Stays while lines are added.</param>
public sealed record LogChunk(int Id, RunLogPage Page);

/// <summary>
/// The part of a log that is on the page: it grows at the end that is looked at and lets go of the other, so that a log of any length takes little
/// memory and is drawn quickly. Pure.
/// </summary>
public sealed class LogWindow
{
    /// <summary>Lines on the page at a time, but for some more at the end that grows.</summary>
    public const int MostLines = 1_000;

    /// <summary>A part with fewer lines takes in those that follow.</summary>
    private const int FullChunk = 200;

    private readonly List<LogChunk> _chunks = [];
    private int _nextId;

    public IReadOnlyList<LogChunk> Chunks => _chunks;

    public int Lines => _chunks.Sum(chunk => chunk.Page.Lines.Count);

    /// <summary>Where lines before these are found; null when there are none.</summary>
    public string? Before => _chunks.Count == 0 ? null : _chunks[0].Page.Before;

    /// <summary>Where lines after these are found; null while there are none at all.</summary>
    public string? After => _chunks.Count == 0 ? null : _chunks[^1].Page.After;

    /// <summary>True while the newest line is among these.</summary>
    public bool IsEnd { get; private set; } = true;

    /// <summary>How many lines there are in all.</summary>
    public int Total { get; private set; }

    /// <summary>Begins anew with the newest lines.</summary>
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

    /// <summary>The same line twice would end the page: what was read meanwhile in another way is left out.</summary>
    private bool IsNew(RunLogEntry line) =>
        _chunks.Count == 0 || (_chunks[^1].Page.Lines[^1] is var last && (line.Attempt, line.Sequence).CompareTo((last.Attempt, last.Sequence)) > 0);

    /// <summary>There are newer lines, which are not read yet.</summary>
    public void FellBehind() => IsEnd = false;
}
