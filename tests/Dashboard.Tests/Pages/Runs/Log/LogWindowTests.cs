using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Runs.Log;

namespace Experiments.Dashboard.Tests.Pages.Runs.Log;

/// <summary>The part of a log that the page shows.</summary>
public sealed class LogWindowTests
{
    private readonly LogWindow _window = new();

    [Fact]
    public void Show_Newest_IsTheEnd()
    {
        _window.Show(Page(901, 1000));

        Assert.Equal((100, "1-901", "1-1000", true, 1000), (_window.Lines, _window.Before, _window.After, _window.IsEnd, _window.Total));
    }

    [Fact]
    public void AddLater_FewLinesAtATime_GrowsTheLastPartWithoutBeginningAnother()
    {
        _window.Show(Page(1, 3, before: null));
        int id = _window.Chunks[0].Id;

        _window.AddLater(Page(4, 4));
        _window.AddLater(Page(5, 6));

        LogChunk chunk = Assert.Single(_window.Chunks);
        Assert.Equal((id, 6, null, "1-6"), (chunk.Id, chunk.Page.Lines.Count, _window.Before, _window.After));
    }

    /// <summary>Happens when the end is requested while new lines are being loaded.</summary>
    [Fact]
    public void AddLater_LinesThatAreThere_AddsOnlyThoseThatAreNot()
    {
        _window.Show(Page(1, 3, before: null));

        _window.AddLater(Page(2, 4));
        _window.AddLater(Page(3, 4));

        Assert.Equal([1, 2, 3, 4], Assert.Single(_window.Chunks).Page.Lines.Select(line => line.Sequence));
        Assert.Equal("1-4", _window.After);
    }

    [Fact]
    public void AddLater_ManyLines_LetsGoOfTheOldestWhichCanBeReadAgain()
    {
        _window.Show(Page(1, 200, before: null));
        for (int first = 201; first < 3000; first += 200)
        {
            _window.AddLater(Page(first, first + 199));
        }

        Assert.InRange(_window.Lines, LogWindow.MostLines, LogWindow.MostLines + 200);
        Assert.Equal(3000, _window.Chunks[^1].Page.Lines[^1].Sequence);
        Assert.Equal($"1-{_window.Chunks[0].Page.Lines[0].Sequence}", _window.Before);
        Assert.True(_window.IsEnd);
    }

    [Fact]
    public void AddEarlier_ManyLines_LetsGoOfTheNewestWhichCanBeReadAgain()
    {
        _window.Show(Page(2801, 3000));
        for (int first = 2601; first > 1000; first -= 200)
        {
            _window.AddEarlier(Page(first, first + 199) with { IsEnd = false });
        }

        Assert.InRange(_window.Lines, LogWindow.MostLines, LogWindow.MostLines + 200);
        Assert.False(_window.IsEnd);
        Assert.Equal($"1-{_window.Chunks[^1].Page.Lines[^1].Sequence}", _window.After);
        Assert.Equal("1-1001", _window.Before);
    }

    [Fact]
    public void AddLater_UpToTheEnd_IsTheEndAgain()
    {
        _window.Show(Page(1, 200, before: null));
        _window.FellBehind();
        Assert.False(_window.IsEnd);

        _window.AddLater(Page(201, 300) with { IsEnd = false });
        Assert.False(_window.IsEnd);
        _window.AddLater(new RunLogPage { Lines = [], After = "1-300", IsEnd = true, Total = 300 });

        Assert.Equal((true, 300, "1-300"), (_window.IsEnd, _window.Lines, _window.After));
    }

    private static RunLogPage Page(int first, int last) => Page(first, last, $"1-{first}");

    private static RunLogPage Page(int first, int last, string? before) => new()
    {
        Lines = [.. Enumerable.Range(first, last - first + 1).Select(i => new RunLogEntry(1, i, Samples.Time, RunLogLevel.Information, $"line {i}", null))],
        Before = before,
        After = $"1-{last}",
        IsEnd = true,
        Total = last,
    };
}
