using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Refuses class folders that cannot be trained on or that do not belong together, and names them.</summary>
internal static class ClassTreeCheck
{
    private const string Expected = "expected one sub-folder per class with " + ImageFileTypes.Decoded + " files in it";

    /// <param name="notes">The notes so far: skipped files may explain why there are no images. Possible mistakes are added.</param>
    /// <exception cref="ImageFolderException">There are no two classes with images, or one without, or splits among or below the classes, or classes that are masks, splits or copies.</exception>
    public static void RequireTrainable(ClassTree training, FolderNotes notes)
    {
        RequireNotDoubled(training, notes);
        RequireNoSplitsAmong(training, notes);
        RequireClasses(training, notes);
        RequireNoSplitsBelow(training);
        RepeatedFolders.Check(training, notes);
    }

    /// <exception cref="ImageFolderException">A split has a class that training lacks, or no image in any class.</exception>
    public static void RequireClassesOf(ClassTree training, ClassTree split, SplitRole role, FolderNotes notes)
    {
        RequireNotDoubled(split, notes);
        HashSet<string> known = [.. training.Classes.Select(entry => entry.Name)];
        if (split.Classes.FirstOrDefault(entry => !known.Contains(entry.Name)) is { } other)
        {
            throw new ImageFolderException(
                $"\"{split.Folder}\" has a class \"{other.Name}\" that the training images do not have{Alike(other, training)}; their classes: {string.Join(", ", training.Classes.Select(entry => entry.Name))}");
        }

        if (split.Images == 0)
        {
            throw new ImageFolderException(
                $"\"{split.Folder}\" looks like the {SplitNames.Of(role)} images, but {(split.LooseImages > 0 ? "its images are in no class folder" : "has no image in its class folders")}; {Expected}");
        }
    }

    private static string Alike(ClassFolder other, ClassTree training) => SimilarNames.Find(other.Folders[0], training.Classes.Select(entry => entry.Folders[0])) is { } alike
        ? $" (they have {SimilarNames.Show(alike)}, which differs only by case, spaces or characters that are not seen: rename one of them)"
        : "";

    /// <summary><c>seg_train/seg_train/cat</c>: archives are often unpacked into a folder with their name.</summary>
    private static void RequireNotDoubled(ClassTree split, FolderNotes notes)
    {
        string name = Path.GetFileName(split.Folder);
        if (split.Folder != notes.Root && split.Classes is [{ Folders: [var inner] }] && (inner == name || SplitNames.Find(inner) is not null)
            && ClassTree.SubFolders(Path.Combine(split.Folder, inner), notes: null).Count > 1)
        {
            throw new ImageFolderException(
                $"\"{split.Folder}\" holds nothing but a folder \"{inner}\" with the class folders in it; move them up, so that they are in \"{split.Folder}\" itself");
        }
    }

    private static void RequireClasses(ClassTree tree, FolderNotes notes)
    {
        if (tree.Classes.Count == 0)
        {
            throw new ImageFolderException($"\"{tree.Folder}\" has no sub-folders{(tree.LooseImages > 0 ? ", only images that are in no class folder" : "")}; {Expected}{notes.Backslashes}");
        }

        if (tree.Images == 0)
        {
            throw new ImageFolderException($"no image in the sub-folders of \"{tree.Folder}\"{notes.Lacking}; {Expected}");
        }

        if (tree.Classes is [var only])
        {
            throw new ImageFolderException($"\"{tree.Folder}\" has only one class, \"{only.Name}\"; at least two are needed: {Expected}{Hint(tree.Folder, only)}");
        }

        if (tree.Classes.FirstOrDefault(entry => entry.Images.Count == 0) is { } hollow)
        {
            RefuseSameFolder(tree, hollow);
            throw new ImageFolderException($"class \"{hollow.Name}\" has no image in \"{tree.Folder}\"{notes.Lacking}; {Expected}");
        }
    }

    /// <summary>Such as <c>hound -> dog</c>: an image belongs to one class.</summary>
    private static void RefuseSameFolder(ClassTree tree, ClassFolder hollow)
    {
        string path = Path.Combine(tree.Folder, hollow.Folders[0]);
        string real = RealPath.Of(path);
        ClassFolder? other = tree.Classes.FirstOrDefault(entry => entry != hollow && entry.Folders.Any(folder => RealPath.IsAtOrBelow(real, RealPath.Of(Path.Combine(tree.Folder, folder)))));
        if (other is not null && FolderEntries.IsLink(path))
        {
            throw new ImageFolderException(
                $"class \"{hollow.Name}\" in \"{tree.Folder}\" is a link into the folder of class \"{other.Name}\" ({hollow.Folders[0]} -> {new DirectoryInfo(path).LinkTarget}): both are the same folder, and an image belongs to one class. Remove the link");
        }
    }

    /// <summary><c>train/train/cat</c> and <c>train/val/cat</c>: a data set with splits in the split folder.</summary>
    private static void RequireNoSplitsAmong(ClassTree tree, FolderNotes notes)
    {
        IReadOnlyList<string> splits = SplitSuspicion.FindAmong(tree.Folder, [.. tree.Classes.Select(entry => entry.Folders[0])]);
        if (splits.Count > 0)
        {
            throw new ImageFolderException(
                $"{SplitFolders.Quote(splits)} in {(tree.Folder == notes.Root ? "" : "split folder ")}\"{tree.Folder}\" look like splits; expected class folders{(tree.Folder == notes.Root ? "; rename them to \"train\", \"val\", \"test\", or put them elsewhere" : ". If they are the splits, name that folder")}");
        }
    }

    /// <summary>The folder of an unpacked archive is often one level too high.</summary>
    private static string Hint(string folder, ClassFolder only)
    {
        string below = Path.Combine(folder, only.Folders[0]);
        return ClassTree.SubFolders(below, notes: null).Count > 1 ? $". If the classes or splits are those in \"{below}\", name that folder" : "";
    }

    /// <summary><c>cat/train</c> and <c>cat/test</c> would be trained on as one.</summary>
    private static void RequireNoSplitsBelow(ClassTree tree)
    {
        foreach (ClassFolder entry in tree.Classes)
        {
            string folder = Path.Combine(tree.Folder, entry.Folders[0]);
            IReadOnlyList<string> splits = SplitSuspicion.FindBelow(ClassTree.SubFolders(folder, notes: null));
            if (splits.Count > 0)
            {
                throw new ImageFolderException(
                    $"{SplitFolders.Quote(splits)} in class folder \"{folder}\" look like splits; expected the splits above the classes: \"train/{entry.Name}\" next to \"test/{entry.Name}\"");
            }
        }
    }
}
