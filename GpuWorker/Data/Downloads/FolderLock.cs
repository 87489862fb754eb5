namespace Experiments.GpuWorker.Data.Downloads;

/// <summary>Lets one process, and one run in it, at a time change a folder. The lock ends with the process that holds it, however that ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = ".lock";
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Waits until the lock is free. Creates the folder.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public static FolderLock Take(string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                return new FolderLock(new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e.HResult is WouldBlock or WouldBlockOnMac or SharingViolation)
            {
                cancel.WaitHandle.WaitOne(Pause);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
