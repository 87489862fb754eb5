using Experiments.Orchestrator.Messages;

namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>Tells <see cref="LeaseExpiry"/> whether reports are taken in: all others wait behind one that fails and is retried.</summary>
public sealed class ReportIntake(LeaseExpiry expiry)
{
    /// <summary>Takes in a report. One that cannot be right is no failure: it goes to the error queue at once.</summary>
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
