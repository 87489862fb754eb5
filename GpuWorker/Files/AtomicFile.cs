namespace Experiments.GpuWorker.Files;

/// <summary>Writes files that are there completely or not at all, also when the machine loses power.</summary>
internal static class AtomicFile
{
    /// <param name="path">Replaced if it exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">Nothing was replaced.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        Prepare(path, write);
        try
        {
            Replace(path);
        }
        catch
        {
            Discard(path);
            throw;
        }
    }

    /// <summary>Where the new content of a file lies until it is in place.</summary>
    public static string PreparedPath(string path) => path + ".tmp";

    /// <summary>Writes the new content of a file to the disk, next to what is there.</summary>
    /// <exception cref="IOException">It cannot be written; nothing of it is left.</exception>
    public static void Prepare(string path, Action<Stream> write)
    {
        try
        {
            using FileStream stream = File.Create(PreparedPath(path));
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            // Gives back the room that half a file takes; what made writing fail is what matters.
            Discard(path);
            throw;
        }
    }

    /// <summary>Puts what was prepared in place.</summary>
    /// <exception cref="IOException">Nothing was replaced.</exception>
    public static void Replace(string path) => File.Move(PreparedPath(path), path, overwrite: true);

    /// <summary>Removes what was prepared, if anything was.</summary>
    public static void Discard(string path)
    {
        try
        {
            File.Delete(PreparedPath(path));
        }
        catch (IOException)
        {
        }
    }
}
