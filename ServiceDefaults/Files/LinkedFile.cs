namespace Experiments.ServiceDefaults.Files;

/// <summary>The file that opening a path reads: the file itself, or the target of its links.</summary>
public static class LinkedFile
{
    /// <summary>The length of a missing file.</summary>
    public const long Missing = -1;

    /// <summary>The metadata that shows a change of a file without reading it; does not throw for a missing file or link target.</summary>
    /// <returns>Bytes, or <see cref="Missing"/>, and the time of the last change in ticks (UTC).</returns>
    public static (long Length, long Changed) Stamp(string path)
    {
        FileInfo? file = Target(path);
        return file is { Exists: true } ? (file.Length, file.LastWriteTimeUtc.Ticks) : (Missing, DateTime.FromFileTimeUtc(0).Ticks);
    }

    /// <summary>True for a link without a target, and for a circular one.</summary>
    public static bool IsBrokenLink(string path) =>
        new FileInfo(path).LinkTarget is not null && !(Target(path) is { } target && (target.Exists || Directory.Exists(target.FullName)));

    /// <returns>Null where links lead in a circle, or must not be followed.</returns>
    private static FileInfo? Target(string path)
    {
        var file = new FileInfo(path);
        try
        {
            return file.LinkTarget is null ? file : new FileInfo(file.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
