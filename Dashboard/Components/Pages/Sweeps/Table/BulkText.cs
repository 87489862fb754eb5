using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The texts of bulk actions. Pure.</summary>
public static class BulkText
{
    private const int MostReasons = 3;

    public static string Runs(int count) => $"{Numbers.Count(count)} {(count == 1 ? "run" : "runs")}";

    /// <summary>The effect of an action: what is lost and what stays.</summary>
    public static (string Title, string Text, string Confirm) Question(BulkResult foreseen)
    {
        string left = foreseen.Total > foreseen.Done ? $" The other {Runs(foreseen.Total - foreseen.Done)} of the selection {Verb(foreseen.Total - foreseen.Done, "stays", "stay")} as {Verb(foreseen.Total - foreseen.Done, "it is", "they are")}." : "";
        if (foreseen.Action == BulkAction.Delete)
        {
            return (
                $"Delete {Runs(foreseen.Done)}?",
                $"Lost for good: their artifacts, checkpoints, curves, logs, evaluations, attempts, tags and notes. This frees about {Numbers.Bytes(foreseen.Bytes ?? 0)}.{left}{Reasons(foreseen)}",
                $"Delete {Runs(foreseen.Done)}");
        }

        return foreseen.Action == BulkAction.Cancel
            ? ($"Cancel {Runs(foreseen.Done)}?",
               $"Training runs stop, and their checkpoints are deleted: a retry starts over. Waiting runs do not start. Curves stay.{left}",
               $"Cancel {Runs(foreseen.Done)}")
            : ($"Retry {Runs(foreseen.Done)}?",
               $"They wait for a worker again, with as many tries as new runs. Their failures stay in the list of attempts.{left}",
               $"Retry {Runs(foreseen.Done)}");
    }

    public static string NothingToDo(BulkResult foreseen) =>
        $"None of {Runs(foreseen.Total)} can be {Past(foreseen.Action)}: {foreseen.Runs.FirstOrDefault(run => run.Reason is not null)?.Reason ?? "there are none"}.";

    /// <summary>The number of affected runs, and one reason for the others.</summary>
    public static string Done(BulkResult result)
    {
        string done = $"{Runs(result.Done)} {Past(result.Action)}";
        return result.Done == result.Total ? $"{done}." : $"{done}; {Numbers.Count(result.Total - result.Done)} left as they are: {result.Runs.First(run => !run.Done).Reason}.";
    }

    /// <summary>Why the others stay, so that the user knows what still needs them.</summary>
    private static string Reasons(BulkResult foreseen)
    {
        string[] reasons = [.. foreseen.Runs.Where(run => !run.Done).Select(run => run.Reason!).Distinct()];
        return reasons.Length == 0 ? "" : $" For example: {string.Join("; ", reasons.Take(MostReasons))}.";
    }

    private static string Verb(int count, string one, string many) => count == 1 ? one : many;

    private static string Past(BulkAction action) => action switch
    {
        BulkAction.Cancel => "cancelled",
        BulkAction.Retry => "retried",
        BulkAction.Tag => "tagged",
        BulkAction.Delete => "deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
    };
}
