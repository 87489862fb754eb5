namespace Experiments.Contracts.Configuration;

/// <summary>The normal form of a folder's path, so that <c>/data/flowers/</c> and <c>/data//flowers</c> are the same data set as <c>/data/flowers</c>.</summary>
internal static class DatasetPath
{
    /// <summary>Works on the text alone: links are not followed, and the disk is not read.</summary>
    public static DatasetSpec Normalize(DatasetSpec dataset) =>
        dataset.Path is { } path && Path.IsPathFullyQualified(path) ? dataset with { Path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) } : dataset;
}
