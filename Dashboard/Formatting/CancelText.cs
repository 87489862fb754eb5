using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Formatting;

/// <summary>The text before a sweep or run is cancelled: what is lost and what stays. Pure.</summary>
public static class CancelText
{
    /// <summary>With the same counts as the head of the sweep's page.</summary>
    public static string OfSweep(RunCounts counts) =>
        $"{Cancelled(counts.Running, counts.Pending + counts.Queued + counts.Paused)} will be cancelled. "
        + "Running ones stop and lose their checkpoints, so a retry starts over. Curves, finished runs and their artifacts are kept.";

    private static string Cancelled(int running, int waiting) => (running, waiting) switch
    {
        (0, _) => $"{Numbers.Count(waiting)} waiting {Runs(waiting)}",
        (_, 0) => $"{Numbers.Count(running)} running {Runs(running)}",
        _ => $"{Numbers.Count(running)} running and {Numbers.Count(waiting)} waiting {Runs(waiting)}",
    };

    private static string Runs(int count) => count == 1 ? "run" : "runs";

    /// <param name="epoch">Finished epochs.</param>
    /// <param name="epochs">Planned epochs.</param>
    public static string OfRun(int epoch, int epochs) => epoch == 0
        ? "No epoch has finished yet. It can be retried later."
        : $"It stops after {Numbers.Count(epoch)} of {Numbers.Count(epochs)} epochs, and its checkpoint is deleted: a retry starts over. Its curves are kept.";
}
