using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Experiments.GpuWorker.Data.Downloads;

/// <summary>
/// Brings a file here. What has arrived is kept in <c>&lt;file&gt;.part</c> and gone on from, also by a later process; the file itself appears only when
/// it is whole and its hash is right.
/// </summary>
internal sealed class FileDownload(HttpClient client, TimeProvider time, ILogger logger)
{
    private const int BufferBytes = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    /// <param name="target">Where the file goes; its folder is there, and nobody else writes to it.</param>
    /// <exception cref="DownloadException">It cannot be had.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set; what has arrived is kept.</exception>
    public async Task RunAsync(Uri source, string target, string md5, CancellationToken cancel)
    {
        string part = target + ".part";
        bool resumed = LengthOf(part) > 0;
        await FetchAsync(source, part, cancel);
        string actual = FileHash.Md5Of(part);
        if (actual != md5 && resumed)
        {
            // What was left of an earlier time may be of another file.
            File.Delete(part);
            await FetchAsync(source, part, cancel);
            actual = FileHash.Md5Of(part);
        }

        if (actual != md5)
        {
            File.Delete(part);
            throw new DownloadException($"what {source} sent has the MD5 {actual}; expected {md5}");
        }

        File.Move(part, target, overwrite: true);
        logger.LogInformation("Downloaded {Source} to {Target}", source, target);
    }

    /// <summary>Asks again for the rest as long as every answer brings something.</summary>
    private async Task FetchAsync(Uri source, string part, CancellationToken cancel)
    {
        while (true)
        {
            long before = LengthOf(part);
            try
            {
                await FetchRestAsync(source, part, before, cancel);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException or TimeoutException or IOException { InnerException: SocketException })
            {
                if (LengthOf(part) <= before)
                {
                    throw new DownloadException($"{source}: {Reason(e)}", e);
                }

                logger.LogWarning("The download of {Source} broke off at {Bytes:N0} bytes and goes on: {Reason}", source, LengthOf(part), Reason(e));
            }
        }
    }

    private async Task FetchRestAsync(Uri source, string part, long offset, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, null) : null;
        using HttpResponseMessage response = await Within(Patience, token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancel);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Nothing is missing, or what is here is no part of it; the hash tells.
            return;
        }

        response.EnsureSuccessStatusCode();
        bool continues = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == offset;
        if (response.StatusCode == HttpStatusCode.PartialContent && !continues)
        {
            throw new DownloadException($"{source} sent another part than the one asked for");
        }

        await using var file = new FileStream(part, continues ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
        await using Stream content = await response.Content.ReadAsStreamAsync(cancel);
        long? total = response.Content.Headers.ContentLength + (continues ? offset : 0);
        await CopyAsync(content, file, source, total, cancel);
    }

    private async Task CopyAsync(Stream content, FileStream file, Uri source, long? total, CancellationToken cancel)
    {
        byte[] buffer = new byte[BufferBytes];
        long reported = time.GetTimestamp();
        int count;
        while ((count = await Within(Patience, token => content.ReadAsync(buffer, token).AsTask(), cancel)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), cancel);
            if (time.GetElapsedTime(reported) >= ReportInterval)
            {
                reported = time.GetTimestamp();
                logger.LogInformation("Downloading {Source}: {Megabytes:N0} of {Total:N0} MB", source, file.Length / 1e6, total / 1e6);
            }
        }
    }

    /// <exception cref="TimeoutException">Nothing happened for that long.</exception>
    private async Task<T> Within<T>(TimeSpan patience, Func<CancellationToken, Task<T>> action, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await action(either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer for {patience.TotalSeconds:N0} s", e);
        }
    }

    private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static string Reason(Exception e) => e is HttpRequestException { StatusCode: { } status } ? $"it answered {(int)status} ({status})" : e.Message;
}

/// <summary>A file cannot be downloaded.</summary>
internal sealed class DownloadException(string message, Exception? inner = null) : Exception(message, inner);
