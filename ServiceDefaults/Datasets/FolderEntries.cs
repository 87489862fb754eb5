using System.Collections.Frozen;
using System.IO.Enumeration;
using Experiments.Contracts.Text;

namespace Experiments.ServiceDefaults.Datasets;

/// <param name="IsFolder">Also true for a link to a folder.</param>
/// <param name="IsHidden">Hidden, or created by a system or program.</param>
internal readonly record struct FolderEntry(string Name, bool IsFolder, bool IsHidden)
{
    /// <summary>True where the name is not valid UTF-8: .NET cannot open the file by the name that it returns.</summary>
    public bool IsUnreadable { get; init; }
}

/// <summary>Lists one folder.</summary>
internal static class FolderEntries
{
    /// <summary>The replacement character for invalid bytes; it may also be a genuine part of the name.</summary>
    private const char Replacement = '\uFFFD';

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Created by macOS's archives and shares, Windows, Synology's and QNAP's indexers and snapshots, and Linux's file check.</summary>
    private static readonly FrozenSet<string> LeftBehind = new[]
    {
        "__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r", "@eaDir", "#recycle", "#snapshot", "@Recycle", "@Recently-Snapshot",
        "$RECYCLE.BIN", "System Volume Information", "Network Trash Folder", "Temporary Items", "lost+found", "__pycache__",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The trash of earlier Windows, which writes it in capitals; in other cases they are words that may name a class.</summary>
    private static readonly FrozenSet<string> LeftBehindInCapitals = new[] { "RECYCLER", "RECYCLED" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>In the order of their names, see <see cref="CodePointComparer"/>.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IReadOnlyList<FolderEntry> Of(string folder)
    {
        FolderEntry[] entries = [.. new FileSystemEnumerable<FolderEntry>(folder, Show, Everything)];
        Array.Sort(entries, (one, other) => CodePointComparer.Instance.Compare(one.Name, other.Name));
        for (int i = 0; i < entries.Length; i++)
        {
            string name = entries[i].Name;
            entries[i] = entries[i] with { IsUnreadable = name.Contains(Replacement, StringComparison.Ordinal) && !IsThere(Path.Combine(folder, name)) };
        }

        return entries;
    }

    public static bool IsLink(string folder) => new DirectoryInfo(folder).LinkTarget is not null;

    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    /// <summary>What Windows's file check puts pieces into: <c>found.000</c>.</summary>
    private static bool IsFound(string name) =>
        name.Length == 9 && name.StartsWith("found.", StringComparison.OrdinalIgnoreCase) && name.AsSpan(6).IndexOfAnyExceptInRange('0', '9') < 0;

    private static FolderEntry Show(ref FileSystemEntry entry)
    {
        string name = entry.FileName.ToString();
        return new FolderEntry(name, entry.IsDirectory, name.StartsWith('.') || LeftBehind.Contains(name) || LeftBehindInCapitals.Contains(name) || IsFound(name) || entry.IsHidden);
    }
}
