using System.Net;
using System.Net.Http.Headers;
using Experiments.ServiceDefaults.Files;
using Experiments.ServiceDefaults.Http;

namespace Experiments.GpuWorker.Downloads;

/// <summary>Requests the missing rest of a file once, and appends the response.</summary>
internal sealed class PartReceiver(HttpClient client, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestInactivity = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    /// <exception cref="HttpRequestException">The server refuses, sends nothing for too long, or the connection broke; the bytes received are in the file.</exception>
    /// <exception cref="DownloadException">It sent another range than the requested one.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task ReceiveAsync(Uri source, PartialFile part, CancellationToken cancel)
    {
        using var timeout = new InactivityTimeout(LongestInactivity, time, cancel);
        try
        {
            await ReceiveAsync(source, part, timeout);
        }
        catch (ConnectionLostException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            // A connect timeout of the client throws the same exception.
            throw new HttpRequestException(timeout.HasExpired ? $"nothing came for {timeout.Limit.TotalSeconds:0} seconds" : e.InnerException?.Message ?? e.Message, e);
        }
    }

    private async Task ReceiveAsync(Uri source, PartialFile part, InactivityTimeout timeout)
    {
        long offset = part.Length;
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, null) : null;
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        timeout.Pause();
        if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable || offset == 0)
        {
            response.EnsureSuccessStatusCode();
        }

        bool isRest = response.StatusCode == HttpStatusCode.PartialContent;
        if (isRest && response.Content.Headers.ContentRange?.From != offset)
        {
            throw new DownloadException($"{source} sent another part than the one asked for");
        }

        long? total = (isRest ? offset : 0) + response.Content.Headers.ContentLength;
        logger.LogInformation("Downloading {Source}, {Total} bytes, to {Path}", source, total, part.Path);
        long reported = time.GetTimestamp();
        await part.AppendAsync(response, timeout, length =>
        {
            if (time.GetElapsedTime(reported) >= ReportInterval)
            {
                reported = time.GetTimestamp();
                logger.LogInformation("Downloading {Source}: {Megabytes:N1} of {Total:N1} MB", source, length / 1e6, total / 1e6);
            }
        });
    }
}
