using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Names that mark a folder as a part or a copy of a data set and are unlikely for classes: <c>fold1</c>, <c>copy (2)</c>, <c>augmented</c>, <c>gallery</c>.</summary>
internal static partial class SplitOrCopyNames
{
    private static readonly FrozenSet<string> Whole = new[]
    {
        "original", "originals", "augmented", "aug", "augmentation", "augmentations", "gallery", "query", "probe", "raw", "processed", "preprocessed", "resized",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Compared ignoring case.</summary>
    public static bool Contain(string name) => Whole.Contains(name.Trim()) || Numbered().IsMatch(name);

    [GeneratedRegex(@"^\s*(fold|split|part|copy|version)[ _.-]*(\([0-9]+\)|[0-9]+)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
