namespace Experiments.Dashboard.Formatting;

/// <summary>What the user is told before a sweep or run is cancelled: what is lost, what stays. Pure.</summary>
public static class CancelText
{
    /// <param name="unfinished">How many runs have not ended.</param>
    public static string OfSweep(int unfinished) =>
        $"{Numbers.Count(unfinished)} unfinished {(unfinished == 1 ? "run" : "runs")} will be cancelled. "
        + "Running ones stop and lose their checkpoints, so a retry starts over. Curves, finished runs and their artifacts are kept.";

    /// <param name="epoch">Finished epochs.</param>
    /// <param name="epochs">How many there were to be.</param>
    public static string OfRun(int epoch, int epochs) => epoch == 0
        ? "No epoch has finished yet. It can be retried later."
        : $"It stops after {Numbers.Count(epoch)} of {Numbers.Count(epochs)} epochs, and its checkpoint is deleted: a retry starts over. Its curves are kept.";
}
