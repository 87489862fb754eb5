using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Runs.Deletion;

/// <summary>Why something cannot be deleted, in words. Pure.</summary>
internal static class DeletionProblems
{
    private const int MostNamed = 20;

    public static string NotEnded(int cell, RunStatus status) => $"run #{cell} is {EnumText.Of(status)}; only runs that have ended can be deleted: cancel it first";

    public static string NotEnded(string sweepId, SweepStatus status) => $"sweep {sweepId} is {EnumText.Of(status)}; only sweeps that have ended can be deleted: cancel it first";

    /// <summary>A worker may still write to its files.</summary>
    public static string NotStopped(Attempt attempt, int cell) =>
        $"worker {attempt.WorkerId} has not stopped attempt {attempt.Number} of run #{cell} yet; try again in a few seconds";

    /// <summary>One line for each, up to a limit.</summary>
    public static IReadOnlyList<string> Needs(IReadOnlyList<RunDependent> dependents) =>
    [
        .. dependents.Take(MostNamed).Select(Need),
        .. dependents.Count > MostNamed ? [$"and {dependents.Count - MostNamed} more"] : (string[])[],
    ];

    private static string Need(RunDependent dependent)
    {
        string what = dependent.Kind switch
        {
            DependencyKind.Reuse => "took over the result of",
            DependencyKind.Pretrained => "starts from the weights of",
            DependencyKind.Teacher => "learns from",
            _ => throw new ArgumentOutOfRangeException(nameof(dependent), dependent.Kind, "no such kind"),
        };
        return $"run #{dependent.Cell} of sweep \"{dependent.SweepName}\" {what} run #{dependent.NeededCell}: delete it first, or keep both";
    }
}
