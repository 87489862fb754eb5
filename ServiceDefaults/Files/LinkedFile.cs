namespace Experiments.ServiceDefaults.Files;

/// <summary>What is read where a path is opened: the file itself, or what its links lead to.</summary>
public static class LinkedFile
{
    /// <summary>The length of a file that is not there.</summary>
    public const long Missing = -1;

    /// <summary>What tells whether the content of a file has changed, without reading it; does not throw where the file is gone or its link leads nowhere.</summary>
    /// <returns>Bytes, or <see cref="Missing"/>, and the time of the last change in ticks (UTC).</returns>
    public static (long Length, long Changed) Stamp(string path)
    {
        FileInfo? file = Target(path);
        return file is { Exists: true } ? (file.Length, file.LastWriteTimeUtc.Ticks) : (Missing, DateTime.FromFileTimeUtc(0).Ticks);
    }

    /// <summary>True for a link to what is not there, and for one that leads in a circle.</summary>
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
