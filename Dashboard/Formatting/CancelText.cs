namespace Experiments.Dashboard.Formatting;

/// <summary>What somebody is told before a sweep or run is cancelled: what is lost, what stays. Pure.</summary>
public static class CancelText
{
    /// <param name="unfinished">How many runs have not ended.</param>
    public static string OfSweep(int unfinished) =>
        $"{Numbers.Count(unfinished)} {(unfinished == 1 ? "run that has" : "runs that have")} not ended will be cancelled. "
        + "Those that train stop, and their checkpoints are deleted: a retry starts over. Curves stay, and so do finished runs and their artifacts.";

    /// <param name="epoch">Finished epochs.</param>
    /// <param name="epochs">How many there were to be.</param>
    public static string OfRun(int epoch, int epochs) => epoch == 0
        ? "No epoch has finished yet. It can be retried later."
        : $"It stops after {Numbers.Count(epoch)} of {Numbers.Count(epochs)} epochs, and its checkpoint is deleted: it can be retried later, but starts over. Its curves stay.";
}
