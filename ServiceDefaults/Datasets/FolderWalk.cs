using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>
/// Lists the files below folders, each real folder once. Links are followed when all folders that are really there have been read; a link to a folder above
/// itself is not followed.
/// </summary>
internal sealed class FolderWalk(FolderNotes notes, CancellationToken cancellationToken)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Link> _links = new(StringComparer.Ordinal);

    /// <summary>Reads a folder; if it is a link, <see cref="FollowLinks"/> does.</summary>
    /// <param name="files">Where its files go.</param>
    public void Add(string folder, ICollection<string> files)
    {
        string parent = RealPath.Of(Path.GetDirectoryName(folder)!);
        if (FolderEntries.IsLink(folder))
        {
            _links.Add(folder, new Link(parent, files));
        }
        else
        {
            Read(folder, Path.Combine(parent, Path.GetFileName(folder)), files);
        }
    }

    /// <summary>Reads a folder wherever its path leads.</summary>
    public void AddRoot(string folder, ICollection<string> files) => Read(folder, RealPath.Of(folder), files);

    public void FollowLinks()
    {
        while (_links.Count > 0)
        {
            (string path, Link link) = _links.First();
            _links.Remove(path);
            if (LeadsUp(path, link.Parent))
            {
                notes.Loop(path);
            }
            else
            {
                Read(path, RealPath.Of(path), link.Files);
            }
        }
    }

    /// <summary>True for a link to its own folder or to one above it, and for one that leads nowhere but to itself.</summary>
    /// <param name="parent">The folder of the link, with links followed.</param>
    public static bool LeadsUp(string link, string parent)
    {
        try
        {
            return RealPath.IsAtOrBelow(parent, RealPath.Of(link));
        }
        catch (IOException)
        {
            return true;
        }
    }

    private void Read(string folder, string real, ICollection<string> files)
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
            else if (!entry.IsFolder)
            {
                files.Add(path);
            }
            else if (FolderEntries.IsLink(path))
            {
                _links.Add(path, new Link(real, files));
            }
            else
            {
                Read(path, Path.Combine(real, entry.Name), files);
            }
        }
    }

    private sealed record Link(string Parent, ICollection<string> Files);
}
