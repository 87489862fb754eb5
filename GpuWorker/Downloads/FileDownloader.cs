namespace Experiments.GpuWorker.Downloads;

/// <summary>
/// Brings a file here. What has arrived is kept in <c>&lt;file&gt;.part</c> and gone on from, also by a later process; the file itself appears only when
/// it is whole, its hash is right and it is safe on disk.
/// </summary>
internal sealed class FileDownloader(HttpClient client, TimeProvider time, ILogger<FileDownloader> logger)
{
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PartReceiver _receiver = new(client, time, logger);

    /// <param name="target">Where the file goes; its folder is there, and nobody else writes to it.</param>
    /// <exception cref="DownloadException">The server does not answer, has no such file, or another one; bytes that are not the file's are removed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set; what has arrived is kept.</exception>
    public async Task RunAsync(Uri source, string target, ExpectedHash hash, CancellationToken cancel)
    {
        string part = target + ".part";
        bool resumed = await FetchAsync(source, part, cancel);
        string? problem = hash.WhyOther(part, cancel);
        if (problem is not null && resumed)
        {
            logger.LogWarning("What had arrived of {Source} is of another file; it is downloaded anew", source);
            File.Delete(part);
            await FetchAsync(source, part, cancel);
            problem = hash.WhyOther(part, cancel);
        }

        if (problem is not null)
        {
            File.Delete(part);
            throw new DownloadException($"what {source} sends is another file: {problem}");
        }

        Flush(part);
        File.Move(part, target, overwrite: true);
        logger.LogInformation("Downloaded {Source} to {Target}", source, target);
    }

    internal static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>Asks again for the rest as long as answers bring something, and a few times more.</summary>
    /// <returns>Whether the file was put together from several answers.</returns>
    private async Task<bool> FetchAsync(Uri source, string part, CancellationToken cancel)
    {
        bool resumed = false;
        long furthest = LengthOf(part);
        for (int failures = 0; ;)
        {
            resumed |= LengthOf(part) > 0;
            try
            {
                await _receiver.ReceiveAsync(source, part, cancel);
                return resumed;
            }
            catch (HttpRequestException e)
            {
                // Measured against the best so far: a server that always begins anew and breaks off gets nowhere.
                bool advanced = LengthOf(part) > furthest;
                furthest = Math.Max(furthest, LengthOf(part));
                failures = advanced ? 0 : failures + 1;
                if (failures >= Tries || e.StatusCode is { } status && (int)status < 500)
                {
                    throw new DownloadException($"{source} cannot be downloaded: {Reason(e)}", e);
                }

                logger.LogWarning("The download of {Source} broke off at {Bytes:N0} bytes and goes on: {Reason}", source, LengthOf(part), Reason(e));
                await Task.Delay(failures * Pause, time, cancel);
            }
        }
    }

    /// <summary>A file that is in place is not checked again, so that nothing of it may be lost with the power.</summary>
    private static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    private static string Reason(HttpRequestException e) => e.StatusCode is { } status ? $"it answered {(int)status} ({status})" : e.Message;
}
