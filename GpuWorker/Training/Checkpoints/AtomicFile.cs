namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>Writes files that are there completely or not at all, also when the machine loses power.</summary>
internal static class AtomicFile
{
    /// <param name="path">Replaced if it exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="beforeReplacing">Runs when the new content is safe on disk but not yet in place.</param>
    /// <exception cref="IOException">Nothing was replaced.</exception>
    public static void Write(string path, Action<Stream> write, Action? beforeReplacing = null)
    {
        string temporary = path + ".tmp";
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            beforeReplacing?.Invoke();
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // Gives back the room that half a file takes; what made writing fail is what matters.
            TryDelete(temporary);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
        }
    }
}
