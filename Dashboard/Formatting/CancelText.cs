using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Formatting;

/// <summary>What somebody is told before a sweep or run is cancelled: what is lost, what stays. Pure.</summary>
public static class CancelText
{
    /// <summary>In the numbers that the head of the sweep's page has.</summary>
    public static string OfSweep(RunCounts counts) =>
        $"{Cancelled(counts.Running, counts.Pending + counts.Queued)} will be cancelled. "
        + "Those that train stop, and their checkpoints are deleted: a retry starts over. Curves stay, and so do finished runs and their artifacts.";

    private static string Cancelled(int running, int waiting) => (running, waiting) switch
    {
        (0, _) => $"{Runs(waiting)} waiting",
        (_, 0) => $"{Runs(running)} running",
        _ => $"{Runs(running)} running and {Numbers.Count(waiting)} waiting",
    };

    private static string Runs(int count) => $"{Numbers.Count(count)} {(count == 1 ? "run" : "runs")}";

    /// <param name="epoch">Finished epochs.</param>
    /// <param name="epochs">How many there were to be.</param>
    public static string OfRun(int epoch, int epochs) => epoch == 0
        ? "No epoch has finished yet. It can be retried later."
        : $"It stops after {Numbers.Count(epoch)} of {Numbers.Count(epochs)} epochs, and its checkpoint is deleted: it can be retried later, but starts over. Its curves stay.";
}
