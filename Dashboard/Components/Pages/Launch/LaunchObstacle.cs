
using Experiments.Contracts.Documents;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>The reason, in one sentence, why a sweep cannot be launched yet. Pure.</summary>
internal static class LaunchObstacle
{
    /// <param name="yamlProblems">The number of problems in the YAML.</param>
    /// <param name="missing">The missing parts of the draft, by path.</param>
    /// <param name="draft">The current draft.</param>
    /// <param name="serverErrors">The Orchestrator's errors by path.</param>
    /// <returns>Null if it can be launched.</returns>
    public static string? Of(
        int yamlProblems, SweepDraft draft, IReadOnlyDictionary<string, string[]> missing, IReadOnlyDictionary<string, string[]> serverErrors)
    {
        if (yamlProblems > 0)
        {
            return $"Fix {Counted(yamlProblems, "problem")} in the YAML to launch.";
        }

        string[] wrong = [.. draft.Refused.Problems.Keys.Concat(missing.Keys).Union(serverErrors.Keys)];
        return serverErrors.Count == 0 && RequiredFields.ToDo(wrong, draft) is { } toDo ? $"To launch, {string.Join(" and ", toDo)}."
            : wrong.Length > 0 ? $"Fix {Counted(wrong.Length, wrong.Contains(SpecErrors.Root) ? "problem" : "field")} to launch."
            : null;
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
