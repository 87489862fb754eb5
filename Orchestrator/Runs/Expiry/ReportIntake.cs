using Experiments.Orchestrator.Messages;

namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>Reports to <see cref="LeaseExpiry"/> whether reports are handled: all others wait behind one that fails and is retried.</summary>
public sealed class ReportIntake(LeaseExpiry expiry)
{
    /// <summary>Handles a report. An invalid one does not count as a failure: it goes to the error queue without retries.</summary>
    public async Task TakeInAsync(Func<Task> take)
    {
        try
        {
            await take();
            expiry.Report(isTaken: true);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not BadMessageException)
        {
            expiry.Report(isTaken: false);
            throw;
        }
    }
}
