using System.Net;
using System.Net.Http.Headers;

namespace Experiments.GpuWorker.Downloads;

/// <summary>Asks a server once for what is missing of a file, and appends what comes.</summary>
internal sealed class PartReceiver(HttpClient client, TimeProvider time, ILogger logger)
{
    private const int BufferBytes = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    /// <param name="part">What is here so far, if anything. A server that sends all of the file has it begin anew.</param>
    /// <exception cref="HttpRequestException">The server refuses, is silent for too long, or the connection broke; what came is in the file.</exception>
    /// <exception cref="DownloadException">It sent something that was not asked for.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task ReceiveAsync(Uri source, string part, CancellationToken cancel)
    {
        using var patience = new Patient(Patience, time, cancel);
        long offset = FileDownloader.LengthOf(part);
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, null) : null;
        using HttpResponseMessage response = await patience.WaitAsync(token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && offset > 0)
        {
            // Nothing is missing, or what is here is no part of it; the hash tells.
            return;
        }

        response.EnsureSuccessStatusCode();
        bool partial = response.StatusCode == HttpStatusCode.PartialContent;
        if (partial && response.Content.Headers.ContentRange?.From != offset)
        {
            throw new DownloadException($"{source} sent another part than the one asked for");
        }

        await using var file = new FileStream(part, partial ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
        await CopyAsync(response.Content, source, file, patience, cancel);
    }

    private async Task CopyAsync(HttpContent content, Uri source, FileStream file, Patient patience, CancellationToken cancel)
    {
        long? total = file.Length + content.Headers.ContentLength;
        logger.LogInformation("Downloading {Source}, {Total} bytes, to {Path}", source, total, file.Name);
        await using Stream body = await patience.WaitAsync(token => content.ReadAsStreamAsync(token));
        byte[] buffer = new byte[BufferBytes];
        long reported = time.GetTimestamp();
        while (await patience.WaitAsync(token => body.ReadAsync(buffer, token).AsTask()) is > 0 and var count)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), cancel);
            if (time.GetElapsedTime(reported) >= ReportInterval)
            {
                reported = time.GetTimestamp();
                logger.LogInformation("Downloading {Source}: {Megabytes:N1} of {Total:N1} MB", source, file.Length / 1e6, total / 1e6);
            }
        }
    }
}
