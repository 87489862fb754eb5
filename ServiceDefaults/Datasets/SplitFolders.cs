using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Finds the split folders of a data set, or refuses those that look like splits and cannot be used.</summary>
internal static class SplitFolders
{
    /// <param name="names">The names of all folders in <paramref name="root"/>.</param>
    /// <returns>The name of each split's folder; empty where the folders are classes.</returns>
    /// <exception cref="ImageFolderException">Folders look like splits and cannot be used.</exception>
    public static IReadOnlyDictionary<SplitRole, string> Find(string root, IReadOnlyList<string> names)
    {
        (string Name, SplitRole Role)[] found = [.. names.Select(name => (name, SplitNames.Find(name))).Where(pair => pair.Item2 is not null).Select(pair => (pair.name, pair.Item2!.Value))];
        RefuseBroken(root, names);
        found = found.Length > 0 ? found : WithCommonStart(names);
        if (found.Length == 0)
        {
            SplitSuspicion.RefuseAmong(root, names);
        }

        if (found.Length == 0 || (found is [var only] && IsClass(root, names, only.Name)))
        {
            return new Dictionary<SplitRole, string>();
        }

        foreach (IGrouping<SplitRole, (string Name, SplitRole Role)> twice in found.GroupBy(split => split.Role).Where(group => group.Count() > 1))
        {
            throw new ImageFolderException(
                $"\"{root}\" has more than one folder of {SplitNames.Of(twice.Key)} images: {Quote(twice.Select(split => split.Name))}; keep one of them in there");
        }

        var splits = found.ToDictionary(split => split.Role, split => split.Name);
        return splits.ContainsKey(SplitRole.Training)
            ? splits
            : throw new ImageFolderException(
                $"{Quote(splits.Values)} in \"{root}\" {(splits.Count == 1 ? "looks like a split" : "look like splits")}, but there is no folder of training images: "
                + "put the class folders into a folder \"train\" next to it");
    }

    /// <summary>Such as <c>val -> /mnt/val</c> while that is not mounted: if it were ignored, other images would be held back for validation.</summary>
    private static void RefuseBroken(string root, IReadOnlyList<string> names)
    {
        string[] broken = [.. FolderEntries.Of(root).Where(entry => entry is { IsFolder: false, IsHidden: false } && LinkedFile.IsBrokenLink(Path.Combine(root, entry.Name))).Select(entry => entry.Name)];
        var splits = WithCommonStart([.. names, .. broken]).Select(split => split.Name).ToHashSet(StringComparer.Ordinal);
        if (broken.FirstOrDefault(name => SplitNames.Find(name) is not null || splits.Contains(name)) is { } split)
        {
            throw new ImageFolderException(
                $"\"{split}\" in \"{root}\" looks like a split, but is a link that leads nowhere: \"{new FileInfo(Path.Combine(root, split)).LinkTarget}\"; mount or restore what it leads to, or remove it");
        }
    }

    /// <summary>Such as <c>seg_train</c> next to <c>seg_test</c>.</summary>
    private static (string Name, SplitRole Role)[] WithCommonStart(IReadOnlyList<string> names) => names
        .Select(name => (Name: name, End: name.LastIndexOfAny(['_', '-', ' ', '.'])))
        .Where(split => split.End > 0 && SplitNames.Find(split.Name[(split.End + 1)..]) is not null)
        .GroupBy(split => split.Name[..split.End], StringComparer.OrdinalIgnoreCase)
        .Select(group => group.Select(split => (split.Name, Role: SplitNames.Find(split.Name[(split.End + 1)..])!.Value)).ToArray())
        .FirstOrDefault(splits => splits.Any(split => split.Role == SplitRole.Training) && splits.Select(split => split.Role).Distinct().Count() > 1, []);

    /// <summary>A class that happens to be named like a split: it holds images itself, as its neighbors do.</summary>
    private static bool IsClass(string root, IReadOnlyList<string> names, string name) =>
        SplitNames.MayBeClass(name) && HoldsImagesItself(root, name) && names.Any(other => other != name && HoldsImagesItself(root, other));

    public static bool HoldsImagesItself(string root, string name) =>
        FolderEntries.Of(Path.Combine(root, name)).Any(entry => entry is { IsFolder: false, IsHidden: false } && ImageFiles.Is(Path.Combine(root, name, entry.Name)));

    public static string Quote(IEnumerable<string> names) => string.Join(" and ", names.Select(name => $"\"{name}\""));
}
