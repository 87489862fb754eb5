using System.Net;
using Experiments.ServiceDefaults.Files;
using Polly;
using Polly.Retry;

namespace Experiments.GpuWorker.Downloads;

/// <summary>
/// Downloads a file. An interrupted download is resumed, also by a later process; the file gets its final name only when it is complete, verified and
/// flushed to disk.
/// </summary>
internal sealed class FileDownloader(HttpClient client, TimeProvider time, ILogger<FileDownloader> logger)
{
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PartReceiver _receiver = new(client, time, logger);

    /// <param name="target">The path of the file; its folder exists, and there is no other writer.</param>
    /// <exception cref="DownloadException">The server does not answer, does not have the file, or sends another one, whose bytes are removed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set; what has arrived is kept.</exception>
    public async Task RunAsync(Uri source, string target, ExpectedHash hash, CancellationToken cancel)
    {
        var part = new PartialFile(target);
        bool resumed = await FetchAsync(source, part, cancel);
        string? problem = hash.DescribeMismatch(part.Path, cancel);
        if (problem is not null && resumed)
        {
            logger.LogWarning("The partial download of {Source} belongs to another file; it is downloaded again", source);
            part.Delete();
            await FetchAsync(source, part, cancel);
            problem = hash.DescribeMismatch(part.Path, cancel);
        }

        if (problem is not null)
        {
            part.Delete();
            throw new DownloadException($"{source} sends another file: {problem}");
        }

        Flush(part.Path);
        part.Complete();
        logger.LogInformation("Downloaded {Source} to {Target}", source, target);
    }

    /// <summary>Requests the rest as long as responses make progress, and retries a few more times.</summary>
    /// <returns>Whether the file was assembled from several responses.</returns>
    private async Task<bool> FetchAsync(Uri source, PartialFile part, CancellationToken cancel)
    {
        bool isResumed = false;
        try
        {
            await Repeating(source, part).ExecuteAsync(
                async token =>
                {
                    isResumed |= part.Length > 0;
                    await _receiver.ReceiveAsync(source, part, token);
                },
                cancel);
            return isResumed;
        }
        catch (HttpRequestException e)
        {
            throw new DownloadException($"{source} cannot be downloaded: {Reason(e)}", e);
        }
    }

    private ResiliencePipeline Repeating(Uri source, PartialFile part)
    {
        int failures = 0;
        long furthest = part.Length;
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = failure => new(failure.Outcome.Exception is HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError } && Count() < Tries),
                DelayGenerator = _ => new(failures * Pause),
                OnRetry = failure =>
                {
                    string reason = Reason((HttpRequestException)failure.Outcome.Exception!);
                    logger.LogWarning("The download of {Source} broke off at {Bytes:N0} bytes and is resumed: {Reason}", source, part.Length, reason);
                    return default;
                },
            })
            .Build();

        // Progress is measured against the best so far: a server that always restarts and breaks off makes none.
        int Count()
        {
            failures = part.Length > furthest ? 0 : failures + 1;
            furthest = Math.Max(furthest, part.Length);
            return failures;
        }
    }

    /// <summary>A file in its final place is not verified again, so it is flushed first in case of a power failure.</summary>
    private static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    private static string Reason(HttpRequestException e) => e.StatusCode is { } status ? $"it answered {(int)status} ({status})" : e.Message;
}
