using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.GpuWorker.Runs;

/// <summary>The attempt that this worker trains now, and the ways to end it early.</summary>
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

    /// <summary>The last thing it was told.</summary>
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

    /// <summary>The epochs that it has reported so far.</summary>
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

    /// <summary>Set: save a checkpoint and end.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Set: end at once.</summary>
    public CancellationToken Cancel => _cancel.Token;

    /// <summary>Ends when the attempt has ended and its end waits to be sent; never faults.</summary>
    public Task Completion => _completion.Task;

    public bool Is(string runId, int attempt) => Claim.RunId == runId && Claim.Attempt == attempt;

    public void Remember(EpochFinished reported)
    {
        lock (_gate)
        {
            _reported.Add(reported);
        }
    }

    /// <summary>Tells the attempt what to do. What was decided first stays, except that losing the lease overrides everything.</summary>
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

    /// <summary>Releases whoever waits for the end of the attempt.</summary>
    public void Finish() => _completion.TrySetResult();

    public void Dispose()
    {
        Finish();
        _stop.Dispose();
        _cancel.Dispose();
    }
}
