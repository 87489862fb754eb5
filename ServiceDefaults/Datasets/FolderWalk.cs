using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>
/// Lists the files below folders, each real folder once. Links are followed after all real folders have been read; a link to a folder above
/// itself, or above a link or root that it was reached through, is not followed.
/// </summary>
internal sealed class FolderWalk(FolderNotes notes, CancellationToken cancellationToken)
{
    private readonly string _root = RealPath.Of(notes.Root);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Link> _links = new(StringComparer.Ordinal);

    /// <summary>Reads a folder; if it is a link, <see cref="FollowLinks"/> does.</summary>
    /// <param name="files">The list that its files are added to.</param>
    public void Add(string folder, ICollection<string> files)
    {
        string parent = RealPath.Of(Path.GetDirectoryName(folder)!);
        if (FolderEntries.IsLink(folder))
        {
            _links.Add(folder, new Link([_root, parent], files));
        }
        else
        {
            Read(folder, Path.Combine(parent, Path.GetFileName(folder)), files, [_root]);
        }
    }

    /// <summary>Reads a folder wherever its path leads.</summary>
    public void AddRoot(string folder, ICollection<string> files) => Read(folder, RealPath.Of(folder), files, [_root]);

    public void FollowLinks()
    {
        while (_links.Count > 0)
        {
            (string path, Link link) = _links.First();
            _links.Remove(path);
            if (LeadsUp(path, link.Parents))
            {
                notes.Loop(path);
            }
            else
            {
                Read(path, RealPath.Of(path), link.Files, link.Parents);
            }
        }
    }

    /// <summary>True for a link to its own folder or to one above it, and for one that leads to itself.</summary>
    /// <param name="parents">The folder of the link and the folders of the links that led to it, all resolved.</param>
    public static bool LeadsUp(string link, IEnumerable<string> parents)
    {
        try
        {
            string target = RealPath.Of(link);
            return parents.Any(parent => RealPath.IsAtOrBelow(parent, target));
        }
        catch (IOException)
        {
            return true;
        }
    }

    private void Read(string folder, string real, ICollection<string> files, IReadOnlyList<string> parents)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_read.Add(real))
        {
            notes.Repeated(folder);
            return;
        }

        foreach (FolderEntry entry in FolderEntries.Of(folder))
        {
            string path = Path.Combine(folder, entry.Name);
            if (entry.IsHidden)
            {
                notes.Hidden(path);
            }
            else if (entry.IsUnreadable && (entry.IsFolder || ImageFileTypes.IsDecoded(path)))
            {
                notes.Unreadable(path);
            }
            else if (!entry.IsFolder)
            {
                files.Add(path);
            }
            else if (FolderEntries.IsLink(path))
            {
                _links.Add(path, new Link([.. parents, real], files));
            }
            else
            {
                Read(path, Path.Combine(real, entry.Name), files, parents);
            }
        }
    }

    private sealed record Link(IReadOnlyList<string> Parents, ICollection<string> Files);
}
