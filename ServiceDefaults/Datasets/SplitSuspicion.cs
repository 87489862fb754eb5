namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Refuses folders that are probably splits under unknown names: as classes, a network would be trained to tell them apart.</summary>
internal static class SplitSuspicion
{
    /// <summary>Folders that data sets have next to their splits.</summary>
    private static readonly HashSet<string> SideFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "annotation", "annotations", "annots", "label", "labels", "mask", "masks", "meta", "metadata", "bbox", "bboxes", "boxes", "lists", "devkit", "docs", "scripts",
    };

    /// <param name="names">The names of all folders in <paramref name="root"/>, none of which has the name of a split.</param>
    /// <exception cref="ImageFolderException">Some look like splits.</exception>
    public static void RefuseAmong(string root, IReadOnlyList<string> names)
    {
        IReadOnlyList<string> splits = AreAllSplits(names) || SplitNames.AreAroundOneText(names) ? names : ShortFormsOf(root, names);
        if (splits.Count > 0)
        {
            throw new ImageFolderException($"in \"{root}\", {SplitFolders.Quote(splits)} look like splits; rename them to \"train\", \"val\", \"test\"");
        }

        foreach (string name in names.Where(name => SplitNames.FindMarked(name) == SplitRole.Training))
        {
            if (HoldsFoldersAlone(root, name) || names.All(other => other == name || SideFolders.Contains(other) || SplitNames.FindMarked(other) is not null))
            {
                throw new ImageFolderException(
                    $"\"{name}\" in \"{root}\" looks like the training split, and not like a class; rename it to \"train\", and the others to \"val\" and \"test\"");
            }
        }
    }

    /// <summary>Folders in a split folder, or among classes, that look like further splits; none where they are classes.</summary>
    public static IReadOnlyList<string> FindAmong(string folder, IReadOnlyList<string> names) =>
        MarkedOf(names) is { Length: > 0 } marked ? marked : ShortFormsOf(folder, names);

    /// <summary>Folders in a class folder that look like splits: <c>train1</c> next to <c>test1</c>, or <c>tr</c> next to <c>te</c> and nothing else; none where they do not.</summary>
    public static IReadOnlyList<string> FindBelow(IReadOnlyList<string> names) =>
        MarkedOf(names) is { Length: > 0 } marked ? marked : AreAll(names, SplitNames.FindShortWord) ? names : [];

    private static string[] MarkedOf(IReadOnlyList<string> names)
    {
        string[] marked = [.. names.Where(name => SplitNames.FindMarked(name) is not null)];
        return marked.Select(SplitNames.FindMarked).Distinct().Count() > 1 ? marked : [];
    }

    /// <summary>Such as <c>train2017</c> next to <c>val2017</c>.</summary>
    private static bool AreAllSplits(IReadOnlyList<string> names) => AreAll(names, SplitNames.FindWord);

    /// <summary>
    /// Such as <c>tr</c>, <c>va</c> and <c>te</c> that hold the same folders and no images. As languages they would hold images, or other languages would hold the same
    /// folders.
    /// </summary>
    private static string[] ShortFormsOf(string root, IReadOnlyList<string> names)
    {
        // Reading the folders of a thousand classes takes long.
        if (!AreAll([.. names.Where(name => SplitNames.FindShortWord(name) is not null)], SplitNames.FindShortWord))
        {
            return [];
        }

        ILookup<string, string> holders = names
            .Where(name => !SplitFolders.HoldsImagesItself(root, name))
            .SelectMany(name => ClassTree.SubFolders(Path.Combine(root, name), notes: null).Select(below => (name, below)))
            .ToLookup(pair => pair.below, pair => pair.name);
        return holders.Select(holder => holder.ToArray()).FirstOrDefault(holding => AreAll(holding, SplitNames.FindShortWord), []);
    }

    private static bool AreAll(IReadOnlyList<string> names, Func<string, SplitRole?> find)
    {
        SplitRole?[] roles = [.. names.Select(find)];
        return roles.Contains(SplitRole.Training) && !roles.Contains(null) && roles.Distinct().Count() > 1;
    }

    private static bool HoldsFoldersAlone(string root, string name) =>
        !SplitFolders.HoldsImagesItself(root, name) && ClassTree.SubFolders(Path.Combine(root, name), notes: null).Count > 0;
}
