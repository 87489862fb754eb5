namespace Experiments.GpuWorker.Files;

/// <summary>Writes files atomically: a file exists completely or not at all, even after a power failure.</summary>
internal static class AtomicFile
{
    /// <param name="path">The file; replaced if it exists.</param>
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

    /// <summary>The path of the new content until it replaces the file.</summary>
    public static string PreparedPath(string path) => path + ".tmp";

    /// <summary>Writes the new content to disk, next to the existing file.</summary>
    /// <exception cref="IOException">It cannot be written; no partial file is left.</exception>
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
            // Frees the space of the partial file. The original exception is rethrown.
            Discard(path);
            throw;
        }
    }

    /// <summary>Replaces the file with the prepared content.</summary>
    /// <exception cref="IOException">Nothing was replaced.</exception>
    public static void Replace(string path) => File.Move(PreparedPath(path), path, overwrite: true);

    /// <summary>Removes the prepared content, if there is any.</summary>
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
