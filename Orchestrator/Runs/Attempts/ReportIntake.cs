using Experiments.Orchestrator.Messages;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>
/// Knows whether what attempts report is being taken in. All reports wait behind one that is tried again, also those of attempts that have ended and
/// whose leases nobody renews any more: such silence says nothing about workers.
/// </summary>
public sealed class ReportIntake(TimeProvider time)
{
    /// <summary>Longer than the longest pause before a report is tried again: where none follows, nothing waits behind it.</summary>
    internal static readonly TimeSpan Memory = TimeSpan.FromSeconds(45);

    private readonly Lock _gate = new();
    private long? _failedAt;

    public bool Works
    {
        get
        {
            lock (_gate)
            {
                return _failedAt is not { } failed || time.GetElapsedTime(failed) > Memory;
            }
        }
    }

    /// <summary>Takes in a report. One that cannot be right is no failure: it is put aside at once.</summary>
    public async Task TakeInAsync(Func<Task> take)
    {
        try
        {
            await take();
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not BadMessageException)
        {
            Remember(time.GetTimestamp());
            throw;
        }

        Remember(null);
    }

    private void Remember(long? failedAt)
    {
        lock (_gate)
        {
            _failedAt = failedAt;
        }
    }
}
