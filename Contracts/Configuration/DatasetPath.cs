namespace Experiments.Contracts.Configuration;

/// <summary>One way to write a folder, so that <c>/data/flowers/</c> and <c>/data//flowers</c> are the same data set as <c>/data/flowers</c>.</summary>
internal static class DatasetPath
{
    /// <summary>Links are not followed, and nothing is looked up.</summary>
    public static DatasetSpec Normalize(DatasetSpec dataset) =>
        dataset.Path is { } path && Path.IsPathFullyQualified(path) ? dataset with { Path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) } : dataset;
}
