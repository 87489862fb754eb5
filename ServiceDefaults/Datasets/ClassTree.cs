using Experiments.Contracts.Api;
using Experiments.Contracts.Text;
using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>One class of a split.</summary>
/// <param name="Name">Composed (NFC), and as it can be shown.</param>
/// <param name="Folders">More than one where the name is written both composed and decomposed; in the order of their characters.</param>
/// <param name="Images">Ordinal order.</param>
internal sealed record ClassFolder(string Name, IReadOnlyList<string> Folders, IReadOnlyList<string> Images);

/// <summary>The class folders of one split, or of a data set without splits.</summary>
/// <param name="Folder">Their parent folder.</param>
/// <param name="Classes">In the order of the characters of their first folders' names.</param>
/// <param name="LooseImages">The number of images directly in the folder, outside of any class.</param>
internal sealed record ClassTree(string Folder, IReadOnlyList<ClassFolder> Classes, int LooseImages)
{
    public int Images => Classes.Sum(entry => entry.Images.Count);

    /// <summary>Reads a folder and everything in it.</summary>
    /// <param name="all">Every file is added.</param>
    public static ClassTree Read(string folder, FolderNotes notes, List<string> all, CancellationToken cancellationToken)
    {
        var walk = new FolderWalk(notes, cancellationToken);
        (string Name, string[] Folders, List<string> Files)[] classes =
        [
            .. SubFolders(folder, notes).GroupBy(name => VisibleText.Of(Nfc.Of(name))).Select(group => (group.Key, group.ToArray(), new List<string>())),
        ];
        foreach ((_, string[] folders, List<string> files) in classes)
        {
            foreach (string name in folders)
            {
                walk.Add(Path.Combine(folder, name), files);
            }
        }

        walk.FollowLinks();
        int loose = AddLoose(folder, notes, all);
        return new ClassTree(folder, [.. classes.Select(found => Close(found.Name, found.Folders, found.Files, notes, all))], loose);
    }

    /// <summary>The names of a folder's subfolders in code point order, without hidden ones, circular links and names that are not valid text.</summary>
    public static IReadOnlyList<string> SubFolders(string folder, FolderNotes? notes)
    {
        var names = new List<string>();
        foreach (FolderEntry entry in FolderEntries.Of(folder))
        {
            string path = Path.Combine(folder, entry.Name);
            if (entry.IsHidden)
            {
                notes?.Hidden(path);
            }
            else if (entry is { IsFolder: true, IsUnreadable: true })
            {
                notes?.Unreadable(path);
            }
            else if (entry.IsFolder && FolderEntries.IsLink(path) && FolderWalk.LeadsUp(path, [RealPath.Of(folder), RealPath.Of(notes?.Root ?? folder)]))
            {
                notes?.Loop(path);
            }
            else if (entry.IsFolder)
            {
                names.Add(entry.Name);
            }
        }

        return names;
    }

    private static ClassFolder Close(string name, string[] folders, List<string> files, FolderNotes notes, List<string> all)
    {
        all.AddRange(files);
        ILookup<bool, string> found = files.Order(StringComparer.Ordinal).ToLookup(ImageFiles.Is);
        foreach (string file in found[false])
        {
            notes.LeftOut(file);
        }

        if (folders.Length > 1)
        {
            notes.Add(
                DatasetNoteKind.ComposedName, false, folders.Length,
                $"\"{name}\" is the name of {folders.Length} folders, composed in one and decomposed in another: they are one class");
        }

        return new ClassFolder(name, folders, [.. found[true]]);
    }

    /// <summary>Files directly in the folder.</summary>
    private static int AddLoose(string folder, FolderNotes notes, List<string> all)
    {
        int images = 0;
        foreach (FolderEntry entry in FolderEntries.Of(folder).Where(entry => entry is { IsFolder: false, IsHidden: false }))
        {
            string file = Path.Combine(folder, entry.Name);
            all.Add(file);
            if (ImageFiles.Is(file))
            {
                images++;
                notes.Unclassed(file);
            }
            else
            {
                notes.LeftOut(file);
            }
        }

        return images;
    }
}
