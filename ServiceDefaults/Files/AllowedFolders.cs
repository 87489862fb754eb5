namespace Experiments.ServiceDefaults.Files;

/// <summary>The folders that users may name files in.</summary>
/// <param name="roots">None means anywhere.</param>
public sealed class AllowedFolders(IReadOnlyList<string> roots)
{
    /// <summary>As many links as Linux follows.</summary>
    private const int MostLinks = 40;

    private readonly string[] _roots = [.. roots.Select(root => RealPath(root, MostLinks))];

    public IReadOnlyList<string> Roots { get; } = roots;

    /// <summary>True when the path lies in one of the folders, after links have been followed: a link must not lead out.</summary>
    /// <exception cref="IOException">A link leads nowhere or in a circle.</exception>
    public bool Contain(string path) => _roots.Length == 0 || _roots.Any(root => IsBelow(RealPath(path, MostLinks), root));

    private static bool IsBelow(string path, string root)
    {
        string relative = Path.GetRelativePath(root, path);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }

    private static string RealPath(string path, int linksLeft)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        string entry = Path.Combine(RealPath(parent, linksLeft), Path.GetFileName(full));
        if (new DirectoryInfo(entry).LinkTarget is not { } target)
        {
            return entry;
        }

        return linksLeft > 0
            ? RealPath(Path.Combine(Path.GetDirectoryName(entry)!, target), linksLeft - 1)
            : throw new IOException($"\"{path}\" leads through too many links");
    }
}
