using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Reads one <see cref="ImageFolder"/>.</summary>
internal sealed class ImageFolderScan(string root, CancellationToken cancellationToken)
{
    private const string Expected = "expected one sub-folder per class with " + ImageFileTypes.Decoded + " files in it";

    private readonly FolderNotes _notes = new(root);
    private readonly List<string> _all = [];
    private readonly List<string> _otherwise = [];

    public ImageFolder Read()
    {
        IReadOnlyList<string> names = ClassTree.SubFolders(root, notes: null);
        IReadOnlyDictionary<SplitRole, string> splits = SplitFolders.Find(root, names);
        return splits.Count == 0 ? ReadWhole(names) : ReadSplits(splits);
    }

    private ImageFolder ReadWhole(IReadOnlyList<string> names)
    {
        ClassTree tree = Tree(root);
        RequireClasses(tree);
        RequireNoSplitsBelow(tree);
        foreach (string name in names.Where(name => SplitNames.Find(name) is not null))
        {
            _notes.Add(DatasetNoteKind.SplitName, true, 1, $"\"{name}\" is read as a class, although splits are named so: it holds images itself, and so do the folders next to it");
        }

        _notes.Add(DatasetNoteKind.Splits, false, tree.Classes.Count, $"No split folders: {tree.Classes.Count} class folders, of which validation images are held back");
        return Close(tree, null, null, []);
    }

    private ImageFolder ReadSplits(IReadOnlyDictionary<SplitRole, string> splits)
    {
        ClassTree training = Tree(Path.Combine(root, splits[SplitRole.Training]));
        RequireClasses(training);
        RequireNoSplitsBelow(training);
        ClassTree? validation = ReadSplit(splits, SplitRole.Validation, training);
        ClassTree? test = ReadSplit(splits, SplitRole.Test, training);
        ReadOthers([.. splits.Values]);
        NoteSameFolders(splits.Values);
        var recognized = splits.OrderBy(split => split.Key).Select(split => new RecognizedSplit(SplitNames.Of(split.Key), split.Value)).ToList();
        _otherwise.AddRange(splits.Where(split => !SplitNames.IsFirst(split.Value, split.Key)).Select(split => $"{SplitNames.Of(split.Key)} in {split.Value}").Order(StringComparer.Ordinal));
        _notes.Add(
            DatasetNoteKind.Splits, false, recognized.Count,
            $"Split folders: {string.Join(", ", recognized.Select(split => $"\"{split.Folder}\" for {split.Split}"))}{(validation is null ? "; validation images are held back of the training images" : "")}");
        return Close(training, validation, test, recognized);
    }

    private ClassTree? ReadSplit(IReadOnlyDictionary<SplitRole, string> splits, SplitRole role, ClassTree training)
    {
        if (!splits.TryGetValue(role, out string? name))
        {
            return null;
        }

        ClassTree tree = Tree(Path.Combine(root, name));
        string[] known = [.. training.Classes.Select(entry => entry.Name)];
        if (tree.Classes.FirstOrDefault(entry => !known.Contains(entry.Name)) is { } other)
        {
            throw new ImageFolderException($"\"{tree.Folder}\" has a class \"{other.Name}\" that the training images do not have; their classes: {string.Join(", ", known)}");
        }

        if (tree.Images == 0)
        {
            throw new ImageFolderException(
                $"\"{tree.Folder}\" looks like the {SplitNames.Of(role)} images, but {(tree.LooseImages > 0 ? "its images lie in no class folder" : "has no image in its class folders")}; {Expected}");
        }

        string[] absent = [.. known.Where(wanted => !tree.Classes.Any(entry => entry.Name == wanted && entry.Images.Count > 0))];
        if (absent.Length > 0)
        {
            _notes.Add(
                DatasetNoteKind.AbsentClass, true, absent.Length,
                $"\"{name}\" has no image of {(absent.Length == 1 ? "class" : "classes")} {string.Join(", ", absent.Select(missing => $"\"{missing}\""))}: the support there is 0");
        }

        return tree;
    }

    /// <summary>Such as <c>val -> test</c>: allowed, and worth knowing.</summary>
    private void NoteSameFolders(IEnumerable<string> splits)
    {
        foreach (IGrouping<string, string> same in splits.GroupBy(name => RealPath.Of(Path.Combine(root, name))).Where(group => group.Count() > 1))
        {
            _notes.Add(DatasetNoteKind.LinkRepeated, true, same.Count(), $"{SplitFolders.Quote(same)} are the same folder: these splits have the same images");
        }
    }

    private void ReadOthers(IReadOnlyList<string> splits)
    {
        foreach (string name in ClassTree.SubFolders(root, _notes).Except(splits))
        {
            var files = new List<string>();
            var walk = new FolderWalk(_notes, cancellationToken);
            walk.Add(Path.Combine(root, name), files);
            walk.FollowLinks();
            _all.AddRange(files);
            int images = files.Count(file => ImageFileTypes.IsDecoded(file) || ImageFileTypes.IsForeign(file));
            _notes.Add(
                DatasetNoteKind.OtherFolder, images > 0, 1, $"\"{name}\" is no split and left out, with {Tally.Of(files.Count, "file")} of which {Tally.Of(images, "is an image", "are images")}");
        }

        foreach (FolderEntry entry in FolderEntries.Of(root).Where(entry => entry is { IsFolder: false, IsHidden: false }))
        {
            _all.Add(Path.Combine(root, entry.Name));
            Note(Path.Combine(root, entry.Name));
        }
    }

    private void Note(string file)
    {
        if (ImageFileTypes.IsDecoded(file))
        {
            _notes.Unclassed(file);
        }
        else
        {
            _notes.LeftOut(file);
        }
    }

    private ClassTree Tree(string folder) => ClassTree.Read(folder, _notes, _all, cancellationToken);

    private void RequireClasses(ClassTree tree)
    {
        string foreign = _notes.Foreign.Length == 0 ? "" : $" (left out, because their formats cannot be decoded: {_notes.Foreign})";
        if (tree.Classes.Count == 0)
        {
            throw new ImageFolderException($"\"{tree.Folder}\" has no sub-folders{(tree.LooseImages > 0 ? ", only images that lie in no class folder" : "")}; {Expected}");
        }

        if (tree.Images == 0)
        {
            throw new ImageFolderException($"no image in the sub-folders of \"{tree.Folder}\"{foreign}; {Expected}");
        }

        if (tree.Classes is [var only])
        {
            throw new ImageFolderException($"\"{tree.Folder}\" has only one class, \"{only.Name}\"; at least two are needed: {Expected}{Hint(tree.Folder, only)}");
        }

        if (tree.Classes.FirstOrDefault(entry => entry.Images.Count == 0) is { } hollow)
        {
            throw new ImageFolderException($"class \"{hollow.Name}\" has no image in \"{tree.Folder}\"{foreign}; {Expected}");
        }
    }

    /// <summary>An archive's folder is often one too high.</summary>
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
            string[] splits = [.. ClassTree.SubFolders(folder, notes: null).Where(name => SplitNames.Find(name) is not null)];
            if (splits.Select(SplitNames.Find).Distinct().Count() > 1)
            {
                throw new ImageFolderException(
                    $"{SplitFolders.Quote(splits)} in class folder \"{folder}\" look like splits; expected the splits above the classes: \"train/{entry.Name}\" next to \"test/{entry.Name}\"");
            }
        }
    }

    private ImageFolder Close(ClassTree training, ClassTree? validation, ClassTree? test, IReadOnlyList<RecognizedSplit> splits)
    {
        string[] classes = [.. training.Classes.Select(entry => entry.Name)];
        ClassTree[] trees = [.. new[] { training, validation, test }.OfType<ClassTree>()];
        IEnumerable<ClassFolder> all = trees.SelectMany(tree => tree.Classes);
        _otherwise.AddRange(all.SelectMany(entry => entry.Images).Where(ImageFileTypes.IsLater).Select(file => $"image {Path.GetExtension(file).ToLowerInvariant()}").Distinct().Order(StringComparer.Ordinal));
        _otherwise.AddRange(all.Where(entry => entry.Folders.Count > 1).Select(entry => $"class {entry.Name}").Distinct());
        return new ImageFolder
        {
            Classes = classes,
            Training = Split(training, classes),
            Validation = validation is null ? null : Split(validation, classes),
            Test = test is null ? null : Split(test, classes),
            AllFiles = _all,
            Reading = new DatasetReading(splits, _notes.ToList()),
            ReadOtherwiseBefore = _otherwise,
        };
    }

    private static ImageFolderSplit Split(ClassTree tree, string[] classes)
    {
        var byName = tree.Classes.ToDictionary(entry => entry.Name);
        var files = new List<string>(tree.Images);
        var labels = new List<int>(tree.Images);
        for (int label = 0; label < classes.Length; label++)
        {
            if (byName.TryGetValue(classes[label], out ClassFolder? entry))
            {
                files.AddRange(entry.Images);
                labels.AddRange(Enumerable.Repeat(label, entry.Images.Count));
            }
        }

        return new ImageFolderSplit(files, labels);
    }
}
