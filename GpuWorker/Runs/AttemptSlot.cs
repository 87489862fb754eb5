using Experiments.Contracts.Workers;

namespace Experiments.GpuWorker.Runs;

/// <summary>The one place for a running attempt: a worker trains one run at a time.</summary>
public sealed class AttemptSlot
{
    private readonly Lock _gate = new();
    private RunningAttempt? _current;
    private bool _closed;

    /// <summary>Null while the worker is idle.</summary>
    public RunningAttempt? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>True while an attempt may begin: none is running, and the worker does not shut down.</summary>
    public bool IsFree
    {
        get
        {
            lock (_gate)
            {
                return _current is null && !_closed;
            }
        }
    }

    /// <summary>Takes the place; false when it is taken or the worker shuts down.</summary>
    public bool TryEnter(RunningAttempt attempt)
    {
        lock (_gate)
        {
            if (_current is not null || _closed)
            {
                return false;
            }

            _current = attempt;
            return true;
        }
    }

    public void Leave(RunningAttempt attempt)
    {
        lock (_gate)
        {
            if (_current == attempt)
            {
                _current = null;
            }
        }
    }

    /// <summary>Tells the current attempt what to do, if it is the one that is meant.</summary>
    public void Apply(string runId, int attempt, AttemptDirective directive)
    {
        lock (_gate)
        {
            if (_current is { } current && current.Is(runId, attempt))
            {
                current.Apply(directive);
            }
        }
    }

    /// <summary>Takes nothing new from now on, and returns what has to end first.</summary>
    public RunningAttempt? Close()
    {
        lock (_gate)
        {
            _closed = true;
            _current?.Apply(AttemptDirective.HandBack);
            return _current;
        }
    }
}
