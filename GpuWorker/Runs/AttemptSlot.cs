using Experiments.Contracts.Workers;

namespace Experiments.GpuWorker.Runs;

/// <summary>The slot for the running attempt: a worker trains one run at a time.</summary>
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

    /// <summary>True if an attempt may begin: none is running, and the worker is not shutting down.</summary>
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

    /// <summary>Takes the slot; false if it is taken or the worker is shutting down.</summary>
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

    /// <summary>Applies a directive to the current attempt, if it is the intended one.</summary>
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

    /// <summary>Refuses new attempts from now on, and returns the attempt that has to end first.</summary>
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
