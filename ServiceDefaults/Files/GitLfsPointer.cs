namespace Experiments.ServiceDefaults.Files;

/// <summary>
/// Recognizes Git LFS pointers (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md): small texts in place of weights and images in
/// repositories that were cloned without Git LFS.
/// </summary>
public static class GitLfsPointer
{
    /// <summary>Explains the problem and its remedy to users.</summary>
    public const string Explanation = "it is a Git LFS pointer, a text in place of the file itself; run git lfs pull where it was cloned";

    private static ReadOnlySpan<byte> Beginning => "version https://git-lfs.github.com/spec/v1"u8;

    /// <param name="content">The content of a file, or its first bytes.</param>
    public static bool Is(ReadOnlySpan<byte> content) => content.StartsWith(Beginning);

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static bool IsAt(string path)
    {
        using FileStream file = File.OpenRead(path);
        return IsAt(file);
    }

    /// <summary>Reads the beginning of the stream, and rewinds it.</summary>
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
