namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Says in one sentence why a sweep cannot be launched yet. Pure.</summary>
internal static class LaunchObstacle
{
    private const string NamePath = "name";

    /// <param name="yamlProblems">How many problems the YAML has.</param>
    /// <param name="refused">What was typed and could not be taken, by field.</param>
    /// <param name="missing">What the draft lacks, by path.</param>
    /// <param name="serverErrors">What the Orchestrator said against it, by path.</param>
    /// <returns>Null when it can be launched.</returns>
    public static string? Of(
        int yamlProblems, IReadOnlyDictionary<string, string> refused, IReadOnlyDictionary<string, string[]> missing, IReadOnlyDictionary<string, string[]> serverErrors)
    {
        if (yamlProblems > 0)
        {
            return $"The YAML has {Counted(yamlProblems, "problem")}.";
        }

        string[] own = [.. refused.Keys.Concat(missing.Keys).Distinct()];
        return own switch
        {
            [NamePath] => "Give the sweep a name to launch it.",
            { Length: > 0 } => $"{Counted(own.Union(serverErrors.Keys).Count(), "field")} to mend before it can be launched.",
            _ => serverErrors.Count > 0 ? "The Orchestrator would refuse it as it is." : null,
        };
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
