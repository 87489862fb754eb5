using Experiments.Contracts.Api;
using Experiments.Contracts.Text;
using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Reads one <see cref="ImageFolder"/>.</summary>
internal sealed class ImageFolderScan(string root, CancellationToken cancellationToken)
{
    private const int MostNamed = 20;

    private readonly FolderNotes _notes = new(root);
    private readonly List<string> _all = [];
    private readonly List<string> _otherwise = [];

    public ImageFolder Read()
    {
        IReadOnlyList<string> names = ClassTree.SubFolders(root, notes: null);
        BackslashNames.RefuseFolders(root, names);
        IReadOnlyDictionary<SplitRole, string> splits = SplitFolders.Find(root, names);
        return splits.Count == 0 ? ReadWhole(names) : ReadSplits(splits);
    }

    private ImageFolder ReadWhole(IReadOnlyList<string> names)
    {
        ClassTree tree = Tree(root);
        _notes.RequireReadable();
        ClassTreeCheck.RequireTrainable(tree, _notes);
        foreach (string name in names.Where(name => SplitNames.Find(name) is not null))
        {
            _notes.Add(DatasetNoteKind.SplitName, true, 1, $"\"{name}\" is read as a class, although it is named like a split: it holds images itself, and so do the folders next to it");
        }

        NoteClasses(tree, isHeldBack: true);
        new SharedImages(_notes, cancellationToken).Require(tree, validation: null, test: null, isHeldBack: true);
        _notes.Add(DatasetNoteKind.Splits, false, tree.Classes.Count, $"No split folders: {tree.Classes.Count} class folders, of which validation images are held back");
        return Close(tree, null, null, []);
    }

    private ImageFolder ReadSplits(IReadOnlyDictionary<SplitRole, string> splits)
    {
        ClassTree training = Tree(Path.Combine(root, splits[SplitRole.Training]));
        ClassTree? validation = TreeOf(splits, SplitRole.Validation);
        ClassTree? test = TreeOf(splits, SplitRole.Test);
        ReadOthers([.. splits.Values]);
        _notes.RequireReadable();
        ClassTreeCheck.RequireTrainable(training, _notes);
        NoteSplitNames(splits[SplitRole.Training], training);
        NoteClasses(training, isHeldBack: validation is null);
        CheckSplit(validation, SplitRole.Validation, training);
        CheckSplit(test, SplitRole.Test, training);
        new SharedImages(_notes, cancellationToken).Require(training, validation, test, isHeldBack: validation is null);
        NoteSameFolders(splits.Values);
        RecognizedSplit[] recognized = [.. splits.OrderBy(split => split.Key).Select(split => new RecognizedSplit(SplitNames.Of(split.Key), split.Value))];
        NoteSplits(recognized, isHeldBack: validation is null);
        _otherwise.AddRange(
            splits.Where(split => !SplitNames.IsFirst(split.Value, split.Key)).Select(split => $"{SplitNames.Of(split.Key)} in {split.Value}").Order(StringComparer.Ordinal));
        return Close(training, validation, test, recognized);
    }

    private void NoteSplitNames(string split, ClassTree training)
    {
        foreach (string name in training.Classes.Select(entry => entry.Name).Where(name => SplitNames.Find(name) is not null))
        {
            _notes.Add(DatasetNoteKind.SplitName, true, 1, $"\"{split}/{name}\" is read as a class, although it is named like a split: it is in a split folder");
        }
    }

    /// <summary>Warnings about classes that are probably mistakes.</summary>
    private void NoteClasses(ClassTree training, bool isHeldBack)
    {
        foreach (IReadOnlyList<string> alike in SimilarNames.Find(training.Classes.Select(entry => entry.Folders[0])).Take(MostNamed))
        {
            _notes.Add(
                DatasetNoteKind.SimilarName, true, alike.Count,
                $"{string.Join(" and ", alike.Select(SimilarNames.Show))} are {alike.Count} classes: their names differ only by case, spaces or characters that are not seen. If they are one class, put their images into one folder");
        }

        if (isHeldBack)
        {
            string[] single = [.. training.Classes.Where(entry => entry.Images.Count == 1).Select(entry => entry.Name)];
            string outcome = single.Length == training.Classes.Count ? "runs fail without a validation image" : "the support in validation is 0";
            Note(
                DatasetNoteKind.AbsentClass, single,
                $"class has a single training image, and none to hold back; {outcome}", $"classes have a single training image each, and none to hold back; {outcome}");
        }
    }

    /// <summary>Folders of masks in one class, where the others have none.</summary>
    private void NoteCompanions(ClassTree tree)
    {
        IEnumerable<string> companions =
            from entry in tree.Classes
            from below in entry.Images.Select(image => Path.GetRelativePath(tree.Folder, image).Split(Path.DirectorySeparatorChar)).GroupBy(parts => parts.Length > 2 ? parts[1] : "", parts => parts[0])
            where RepeatedFolders.IsCompanion(below.Key) && below.Count() < entry.Images.Count
            select _notes.Name(Path.Combine(tree.Folder, below.First(), below.Key));
        Note(
            DatasetNoteKind.CompanionFolder, companions,
            "folder has a name of what is drawn over images, and its files are read as images of the class", "folders have names of what is drawn over images, and their files are read as images of the class");
    }

    /// <summary>A warning about some names; none where there are none.</summary>
    private void Note(DatasetNoteKind kind, IEnumerable<string> names, string one, string many)
    {
        var named = new Tally(MostNamed);
        foreach (string name in names)
        {
            named.Add($"\"{name}\"");
        }

        if (named.Count > 0)
        {
            _notes.Add(kind, true, named.Count, $"{Tally.Of(named.Count, one, many)}: {named.Names}");
        }
    }

    private void NoteSplits(RecognizedSplit[] splits, bool isHeldBack) => _notes.Add(
        DatasetNoteKind.Splits, false, splits.Length,
        $"Split folders: {string.Join(", ", splits.Select(split => $"\"{split.Folder}\" for {split.Split}"))}{(isHeldBack ? "; validation images are held back of the training images" : "")}");

    private ClassTree? TreeOf(IReadOnlyDictionary<SplitRole, string> splits, SplitRole role) =>
        splits.TryGetValue(role, out string? name) ? Tree(Path.Combine(root, name)) : null;

    private void CheckSplit(ClassTree? split, SplitRole role, ClassTree training)
    {
        if (split is null)
        {
            return;
        }

        ClassTreeCheck.RequireClassesOf(training, split, role, _notes);
        NoteAbsent(
            Path.GetFileName(split.Folder),
            training.Classes.Select(entry => entry.Name).Except(split.Classes.Where(entry => entry.Images.Count > 0).Select(entry => entry.Name)));
    }

    private void NoteAbsent(string split, IEnumerable<string> classes)
    {
        var absent = new Tally(MostNamed);
        foreach (string name in classes)
        {
            absent.Add($"\"{name}\"");
        }

        if (absent.Count > 0)
        {
            _notes.Add(DatasetNoteKind.AbsentClass, true, absent.Count, $"\"{split}\" has no image of {(absent.Count == 1 ? "class" : "classes")} {absent.Names}: the support there is 0");
        }
    }

    /// <summary>Such as <c>val -> test</c>: allowed, but noted.</summary>
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
            int images = files.Count(file => ImageFiles.Is(file) || ImageFileTypes.IsForeign(file));
            _notes.OtherFolder(name, images);
        }

        foreach (FolderEntry entry in FolderEntries.Of(root).Where(entry => entry is { IsFolder: false, IsHidden: false }))
        {
            _all.Add(Path.Combine(root, entry.Name));
            Note(Path.Combine(root, entry.Name));
        }
    }

    private void Note(string file)
    {
        if (ImageFiles.Is(file))
        {
            _notes.Unclassed(file);
        }
        else
        {
            _notes.LeftOut(file);
        }
    }

    private ClassTree Tree(string folder) => ClassTree.Read(folder, _notes, _all, cancellationToken);

    private ImageFolder Close(ClassTree training, ClassTree? validation, ClassTree? test, IReadOnlyList<RecognizedSplit> splits)
    {
        string[] classes = [.. training.Classes.Select(entry => entry.Name)];
        ClassTree[] trees = [.. new[] { training, validation, test }.OfType<ClassTree>()];
        Array.ForEach(trees, NoteCompanions);
        IEnumerable<ClassFolder> all = trees.SelectMany(tree => tree.Classes);
        _otherwise.AddRange(all.SelectMany(entry => entry.Images).Where(ImageFileTypes.IsLater).Select(file => $"image {Path.GetExtension(file).ToLowerInvariant()}").Distinct().Order(StringComparer.Ordinal));
        _otherwise.AddRange(all.SelectMany(entry => entry.Folders).Where(name => VisibleText.Of(name) != name).Distinct().Select(name => $"shown {name}"));
        if (!training.Classes.Select(entry => entry.Folders[0]).SequenceEqual(training.Classes.Select(entry => entry.Folders[0]).Order(StringComparer.Ordinal)))
        {
            _otherwise.Add("classes by characters");
        }

        if (_notes.HasBrokenImage)
        {
            _otherwise.Add("links to nothing");
        }

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
