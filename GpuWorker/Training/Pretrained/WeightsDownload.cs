using System.Net;
using System.Net.Http.Headers;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Downloads a file, going on where an earlier try stopped.</summary>
internal sealed class WeightsDownload(HttpClient http, TimeProvider time, ILogger<WeightsDownload> logger)
{
    private const int Tries = 3;
    private const int BufferBytes = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    /// <param name="part">Where the bytes go; if it exists, they go on from its end. Stays when the download is interrupted.</param>
    /// <param name="hashPrefix">Of the SHA-256, in hexadecimal digits.</param>
    /// <exception cref="DownloadException">The server does not answer, has no such file, or another one; bytes that are not the file's are removed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task RunAsync(Uri address, string part, string hashPrefix, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            bool resumed = File.Exists(part) && new FileInfo(part).Length > 0;
            try
            {
                await ReceiveAsync(address, part, cancellationToken);
            }
            catch (HttpRequestException e)
            {
                if (tries >= Tries || (e.StatusCode is { } status && (int)status < 500))
                {
                    throw new DownloadException($"{address} cannot be downloaded: {e.Message}", e);
                }

                logger.LogWarning("{Address} broke off after {Bytes:N0} bytes, and is tried again: {Reason}", address, LengthOf(part), e.Message);
                await Task.Delay(tries * Pause, time, cancellationToken);
                continue;
            }

            string? problem = await FileHash.WhyOtherAsync(part, hashPrefix, cancellationToken);
            if (problem is null)
            {
                return;
            }

            File.Delete(part);
            if (!resumed || tries >= Tries)
            {
                throw new DownloadException($"what {address} sends is another file: {problem}");
            }

            logger.LogWarning("{Address} changed while it was being downloaded; it is downloaded anew", address);
        }
    }

    private async Task ReceiveAsync(Uri address, string part, CancellationToken cancellationToken)
    {
        using var patience = new Patient(Patience, time, cancellationToken);
        long have = LengthOf(part);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = have > 0 ? new RangeHeaderValue(have, null) : null;
        using HttpResponseMessage response = await patience.WaitAsync(token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Nothing is left to send: either all is there, or it is another file. The hash tells.
            return;
        }

        response.EnsureSuccessStatusCode();
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        await using var file = new FileStream(part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        await CopyAsync(response, address, file, patience);
        file.Flush(flushToDisk: true);
    }

    private async Task CopyAsync(HttpResponseMessage response, Uri address, FileStream file, Patient patience)
    {
        long? total = file.Length + response.Content.Headers.ContentLength;
        await using Stream body = await patience.WaitAsync(token => response.Content.ReadAsStreamAsync(token));
        byte[] buffer = new byte[BufferBytes];
        long reported = time.GetTimestamp();
        logger.LogInformation("Downloading {Address}, {Total} bytes, to {Path}", address, total, file.Name);
        while (await patience.WaitAsync(token => body.ReadAsync(buffer, token).AsTask()) is > 0 and var count)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), patience.Cancellation);
            if (time.GetElapsedTime(reported) >= ReportEvery)
            {
                reported = time.GetTimestamp();
                logger.LogInformation("Downloading {Address}: {Bytes:N0} of {Total:N0} bytes", address, file.Length, total);
            }
        }
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
