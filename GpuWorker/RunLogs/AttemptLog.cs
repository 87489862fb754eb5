using System.Collections;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>
/// The log scope of an attempt, and the count of its stored lines. Everything logged within it, on any thread that the attempt has started,
/// is stored with the run.
/// </summary>
public sealed class AttemptLog(RunClaimed claim) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values =
    [
        new("SweepId", claim.SweepId),
        new("RunId", claim.RunId),
        new("Attempt", claim.Attempt),
        new("{OriginalFormat}", "sweep {SweepId} run {RunId} attempt {Attempt}"),
    ];

    private readonly Lock _gate = new();
    private readonly LineBudget _budget = new();
    private long _sequence;
    private int _leftOut;

    public string SweepId => claim.SweepId;

    public string RunId => claim.RunId;

    public int Attempt => claim.Attempt;

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <summary>True once there is a line to send.</summary>
    public bool HasLines
    {
        get
        {
            lock (_gate)
            {
                return _sequence > 0;
            }
        }
    }

    /// <summary>Numbers a line and passes it on, unless there are too many; the next line that passes reports the number of dropped ones.</summary>
    /// <param name="keep">Takes a line; false if it cannot.</param>
    public void Add(DateTimeOffset time, RunLogLevel level, string message, string? detail, Func<RunLogLine, bool> keep)
    {
        lock (_gate)
        {
            if (!_budget.Take(time, level))
            {
                _leftOut++;
                return;
            }

            TellLeftOut(time, keep);
            if (!Keep(time, level, message, detail, keep))
            {
                _leftOut++;
            }
        }
    }

    /// <summary>Reports the lines that were dropped last.</summary>
    public void Close(DateTimeOffset time, Func<RunLogLine, bool> keep)
    {
        lock (_gate)
        {
            TellLeftOut(time, keep);
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"sweep {SweepId} run {RunId} attempt {Attempt}";

    private void TellLeftOut(DateTimeOffset time, Func<RunLogLine, bool> keep)
    {
        if (_leftOut > 0 && Keep(time, RunLogLevel.Warning, LineBudget.Explain(_leftOut), null, keep))
        {
            _leftOut = 0;
        }
    }

    private bool Keep(DateTimeOffset time, RunLogLevel level, string message, string? detail, Func<RunLogLine, bool> keep)
    {
        var line = new RunLogLine(
            _sequence + 1, time, level, RunLogLimits.Tidy(message, RunLogLimits.LongestMessage),
            detail is null ? null : RunLogLimits.Tidy(detail, RunLogLimits.LongestDetail));
        if (!keep(line))
        {
            return false;
        }

        _sequence++;
        return true;
    }
}
