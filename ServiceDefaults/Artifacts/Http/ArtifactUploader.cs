using System.Globalization;
using System.Net.Http.Headers;
using Experiments.Contracts.Api;
using Microsoft.Win32.SafeHandles;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>Sends files to the Orchestrator. An interrupted upload resumes where it stopped.</summary>
internal sealed class ArtifactUploader(ArtifactExchange exchange, ArtifactRetry retry)
{
    /// <summary>Completes when the Orchestrator has stored the whole file and verified its digest.</summary>
    /// <param name="file">Its content does not change.</param>
    /// <inheritdoc cref="ArtifactRetry.RunAsync"/>
    public async Task SendAsync(AttemptOpening attempt, string name, SafeFileHandle file, string sha256, CancellationToken cancellationToken)
    {
        long bytes = RandomAccess.GetLength(file);
        string path = Path(attempt, name, sha256, bytes);
        long received = 0;
        bool isFirst = true;
        await retry.RunAsync(
            $"Sending {name} of run {attempt.RunId}, attempt {attempt.Attempt}",
            async () =>
            {
                // A file that was never sent needs no request for its progress.
                UploadView progress = isFirst ? new UploadView(0, false) : await ProgressAsync(path, cancellationToken);
                isFirst = false;
                received = progress.Received;
                if (!progress.Complete)
                {
                    progress = await PutAsync(path, file, received, bytes, cancellationToken);
                }

                return progress.Complete
                    ? progress
                    : throw new ArtifactUnreachableException($"{progress.Received} of {bytes} bytes have arrived");
            },
            () => received,
            cancellationToken);
    }

    private Task<UploadView> ProgressAsync(string path, CancellationToken cancellationToken) => exchange.AskAsync(
        _ => new HttpRequestMessage(HttpMethod.Get, path), ArtifactExchange.ReadJsonAsync<UploadView>, accepted: [], cancellationToken);

    private Task<UploadView> PutAsync(string path, SafeFileHandle file, long from, long bytes, CancellationToken cancellationToken) => exchange.AskAsync(
        timeout =>
        {
            var content = new FileRest(file, from, bytes, timeout);
            content.Headers.ContentRange = bytes > from ? new ContentRangeHeaderValue(from, bytes - 1, bytes) : null;
            var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = content };

            // With Expect: 100-continue a refusal arrives before the body is sent.
            request.Headers.ExpectContinue = true;
            return request;
        },
        ArtifactExchange.ReadJsonAsync<UploadView>,
        accepted: [],
        cancellationToken);

    private static string Path(AttemptOpening attempt, string name, string sha256, long bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"api/runs/{attempt.RunId}/attempts/{attempt.Attempt}/uploads/{name}?worker={Uri.EscapeDataString(attempt.WorkerId)}&sha256={sha256}&bytes={bytes}");
}
