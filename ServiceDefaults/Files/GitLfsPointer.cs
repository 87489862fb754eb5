namespace Experiments.ServiceDefaults.Files;

/// <summary>
/// A small text that Git has in the place of a large file until it is fetched (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md): weights and images of
/// repositories that were cloned without Git LFS.
/// </summary>
public static class GitLfsPointer
{
    /// <summary>What it is, and what to do about it.</summary>
    public const string Explanation = "it is a Git LFS pointer, a text in place of the file itself; run git lfs pull where it was cloned";

    private static ReadOnlySpan<byte> Beginning => "version https://git-lfs.github.com/spec/v1"u8;

    /// <param name="content">A file's, or its first bytes.</param>
    public static bool Is(ReadOnlySpan<byte> content) => content.StartsWith(Beginning);

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static bool IsAt(string path)
    {
        using FileStream file = File.OpenRead(path);
        return IsAt(file);
    }

    /// <summary>Looks at the beginning, and goes back there.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool IsAt(FileStream file)
    {
        Span<byte> head = stackalloc byte[Beginning.Length];
        file.Position = 0;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return Is(head);
    }
}
