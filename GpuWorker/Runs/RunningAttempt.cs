using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.GpuWorker.Runs;

/// <summary>The running attempt, and the ways to end it early.</summary>
public sealed class RunningAttempt : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private AttemptDirective _directive = AttemptDirective.Continue;

    private readonly List<EpochFinished> _reported = [];

    public RunningAttempt(RunClaimed claim) => Claim = claim;

    public RunClaimed Claim { get; }

    /// <summary>The last directive.</summary>
    public AttemptDirective Directive
    {
        get
        {
            lock (_gate)
            {
                return _directive;
            }
        }
    }

    /// <summary>The epochs reported so far.</summary>
    public IReadOnlyList<EpochFinished> Reported
    {
        get
        {
            lock (_gate)
            {
                return [.. _reported];
            }
        }
    }

    /// <summary>When set: save a checkpoint and end.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>When set: end immediately.</summary>
    public CancellationToken Cancel => _cancel.Token;

    /// <summary>Completes when the attempt has ended and its report is queued; never faults.</summary>
    public Task Completion => _completion.Task;

    public bool Is(string runId, int attempt) => Claim.RunId == runId && Claim.Attempt == attempt;

    public void Remember(EpochFinished reported)
    {
        lock (_gate)
        {
            _reported.Add(reported);
        }
    }

    /// <summary>Applies a directive. The first one wins, except that losing the lease overrides everything.</summary>
    public void Apply(AttemptDirective directive)
    {
        lock (_gate)
        {
            bool decided = _directive != AttemptDirective.Continue;
            if (directive == AttemptDirective.Continue || (decided && directive != AttemptDirective.Abandon))
            {
                return;
            }

            _directive = directive;
        }

        (directive == AttemptDirective.HandBack ? _stop : _cancel).Cancel();
    }

    /// <summary>Releases the waiters for the end of the attempt.</summary>
    public void Finish() => _completion.TrySetResult();

    public void Dispose()
    {
        Finish();
        _stop.Dispose();
        _cancel.Dispose();
    }
}
