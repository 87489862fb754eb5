namespace Experiments.ServiceDefaults.Files;

/// <summary>Resolves all links in a path.</summary>
public static class RealPath
{
    /// <summary>The limit of Linux.</summary>
    private const int MostLinks = 40;

    /// <exception cref="IOException">A link is circular.</exception>
    public static string Of(string path) => Of(path, MostLinks);

    /// <summary>True when <paramref name="path"/> is <paramref name="folder"/> or inside it, both with links resolved.</summary>
    public static bool IsAtOrBelow(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }

    private static string Of(string path, int linksLeft)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        string entry = Path.Combine(Of(parent, linksLeft), Path.GetFileName(full));
        if (new DirectoryInfo(entry).LinkTarget is not { } target)
        {
            return entry;
        }

        return linksLeft > 0
            ? Of(Path.Combine(Path.GetDirectoryName(entry)!, target), linksLeft - 1)
            : throw new IOException($"\"{path}\" leads through too many links");
    }
}
