using Experiments.Contracts.Runs;
using Experiments.GpuWorker.RunLogs;
using Experiments.GpuWorker.Tests.Runs;

namespace Experiments.GpuWorker.Tests.RunLogs;

/// <summary>Which log entries of an attempt are stored.</summary>
public sealed class AttemptLogTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly AttemptLog _log = new(OrchestratorDouble.Claimed("run-1", attempt: 2));
    private readonly List<RunLogLine> _kept = [];
    private DateTimeOffset _now = Start;

    [Fact]
    public void Add_Lines_NumbersThemFromOne()
    {
        Add("first");
        Add("second", RunLogLevel.Warning);

        Assert.Equal([(1L, "first", RunLogLevel.Information), (2L, "second", RunLogLevel.Warning)], _kept.Select(line => (line.Sequence, line.Message, line.Level)));
        Assert.Equal(("sweep run-1 2"), $"{_log.SweepId} {_log.RunId} {_log.Attempt}");
    }

    [Fact]
    public void Add_FloodWithinASecond_LeavesOutWhatIsTooMuchAndSaysSo()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Add($"line {i}");
        }

        Assert.Equal(LineBudget.MostInASecond, _kept.Count);

        _now += TimeSpan.FromSeconds(1);
        Add("calm again");

        Assert.Equal("calm again", _kept[^1].Message);
        Assert.StartsWith("800 lines were left out", _kept[^2].Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, _kept.Count).Select(i => (long)i), _kept.Select(line => line.Sequence));
    }

    [Fact]
    public void Add_ErrorInAFlood_IsKept()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Add($"line {i}", RunLogLevel.Warning);
        }

        Add("what it failed with", RunLogLevel.Error);

        Assert.Equal("what it failed with", _kept[^1].Message);
    }

    [Fact]
    public void Add_MoreLinesThanAnAttemptHas_KeepsWarningsAndErrorsToTheEnd()
    {
        AddSlowly(2 * RunLogLimits.MostLines, RunLogLevel.Information);
        Assert.True(_kept.Count < RunLogLimits.MostLines);
        AddSlowly(100, RunLogLevel.Warning);
        Assert.Equal(RunLogLevel.Warning, _kept[^1].Level);
        AddSlowly(2 * RunLogLimits.MostLines, RunLogLevel.Warning);

        Add("the end", RunLogLevel.Error);

        Assert.Equal("the end", _kept[^1].Message);
        Assert.InRange(_kept[^1].Sequence, 1, RunLogLimits.LastSequence);
    }

    [Fact]
    public void Close_LinesWereLeftOut_SaysHowMany()
    {
        for (int i = 0; i <= LineBudget.MostInASecond; i++)
        {
            Add("line");
        }

        _log.Close(_now, Keep);
        _log.Close(_now, Keep);

        Assert.Single(_kept, line => line.Message.StartsWith("1 line was left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Add_QueueIsFull_IsCountedAndTakesNoNumber()
    {
        _log.Add(_now, RunLogLevel.Information, "lost", null, _ => false);
        Assert.False(_log.HasLines);

        Add("kept");

        Assert.Equal([1L, 2L], _kept.Select(line => line.Sequence));
        Assert.StartsWith("1 line was left out", _kept[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_LongTexts_AreCut()
    {
        _log.Add(_now, RunLogLevel.Error, new string('x', 100_000), new string('y', 100_000), Keep);

        Assert.Equal((RunLogLimits.LongestMessage, RunLogLimits.LongestDetail), (_kept[0].Message.Length, _kept[0].Detail!.Length));
        Assert.EndsWith("…", _kept[0].Message, StringComparison.Ordinal);
    }

    private void AddSlowly(int lines, RunLogLevel level)
    {
        for (int i = 0; i < lines; i++)
        {
            _now += TimeSpan.FromMilliseconds(10);
            Add("line", level);
        }
    }

    private void Add(string message, RunLogLevel level = RunLogLevel.Information) => _log.Add(_now, level, message, null, Keep);

    private bool Keep(RunLogLine line)
    {
        _kept.Add(line);
        return true;
    }
}
