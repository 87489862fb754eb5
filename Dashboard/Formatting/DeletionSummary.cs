using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Formatting;

/// <summary>The text of a confirmation dialog: what a deletion removes. Pure.</summary>
public static class DeletionSummary
{
    /// <summary>What is lost, a line each.</summary>
    public static IReadOnlyList<string> Lost(DeletionPreview preview) =>
    [
        $"{Count(preview.Runs, "run", "runs")}{(preview.Attempts == 0 ? "" : $" with {Count(preview.Attempts, "attempt", "attempts")}")}, results, evaluations, tags and notes",
        preview.ArtifactBytes == 0 ? "no files" : $"artifacts and checkpoints: {Numbers.Bytes(preview.ArtifactBytes)}",
        $"curves and logs: {Count(preview.Points, "point", "points")}, {Count(preview.LogLines, "line", "lines")}",
    ];

    /// <summary>How much space is freed, and where.</summary>
    public static string Frees(DeletionPreview preview)
    {
        long metrics = preview.Bytes - preview.ArtifactBytes;
        return metrics == 0
            ? $"This frees {Numbers.Bytes(preview.Bytes)} on disk."
            : $"This frees {Numbers.Bytes(preview.ArtifactBytes)} on disk and about {Numbers.Bytes(metrics)} inside the metrics database, where new data reuses it.";
    }

    public static string Need(RunDependent dependent) => dependent.Kind switch
    {
        DependencyKind.Reuse => "reuses a result",
        DependencyKind.Pretrained => "starts from its weights",
        DependencyKind.Teacher => "uses it as its teacher",
        _ => throw new ArgumentOutOfRangeException(nameof(dependent), dependent.Kind, "no such kind"),
    };

    private static string Count(long count, string one, string many) => $"{Numbers.Count(count)} {(count == 1 ? one : many)}";
}
