namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Lets one process of a machine at a time do something. The lock file stays: removing it would let two in.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Waits for its turn, which lasts until the stream is disposed or the process ends.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static async Task<FileStream> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (Taken.Contains(e.HResult))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
