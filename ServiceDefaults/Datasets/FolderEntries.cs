using System.Collections.Frozen;
using System.IO.Enumeration;

namespace Experiments.ServiceDefaults.Datasets;

/// <param name="IsFolder">Also true for a link to a folder.</param>
/// <param name="IsHidden">Hidden, or left behind by a system or program.</param>
internal readonly record struct FolderEntry(string Name, bool IsFolder, bool IsHidden);

/// <summary>Lists one folder.</summary>
internal static class FolderEntries
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Of macOS's archives, Windows, Synology's and QNAP's indexers, and Linux's file check.</summary>
    private static readonly FrozenSet<string> LeftBehind = new[]
    {
        "__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r", "@eaDir", "#recycle", "@Recycle", "$RECYCLE.BIN", "System Volume Information",
        "lost+found", "__pycache__",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order of their names (ordinal).</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IReadOnlyList<FolderEntry> Of(string folder)
    {
        FolderEntry[] entries = [.. new FileSystemEnumerable<FolderEntry>(folder, Show, Everything)];
        Array.Sort(entries, (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return entries;
    }

    public static bool IsLink(string folder) => new DirectoryInfo(folder).LinkTarget is not null;

    private static FolderEntry Show(ref FileSystemEntry entry)
    {
        string name = entry.FileName.ToString();
        return new FolderEntry(name, entry.IsDirectory, name.StartsWith('.') || LeftBehind.Contains(name) || entry.IsHidden);
    }
}
