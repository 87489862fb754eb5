using System.Net;
using System.Net.Http.Headers;
using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>
/// Downloads files from the Orchestrator. An interrupted download resumes where it stopped, and a file gets its final name only when its digest matches
/// the one that the Orchestrator announced.
/// </summary>
internal sealed class ArtifactDownloader(ArtifactExchange exchange, ArtifactRetry retry)
{
    private static readonly HttpStatusCode[] Answers = [HttpStatusCode.NotFound, HttpStatusCode.NotModified, HttpStatusCode.RequestedRangeNotSatisfiable];

    /// <param name="source">A path of the API.</param>
    /// <param name="target">The file; an existing one is kept if it is unchanged. There is no other writer.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <inheritdoc cref="ArtifactRetry.RunAsync"/>
    public async Task<bool> FetchAsync(string source, string target, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var part = new PartialFile(target);
        part.Delete();
        string? here = File.Exists(target) ? Quote(await ArtifactDigest.OfAsync(target, cancellationToken)) : null;
        string? started = null;
        return await retry.RunAsync(
            $"Fetching {source}",
            () => exchange.AskAsync(
                _ => Request(source, here, started, part.Length),
                async (response, timeout) =>
                {
                    if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NotModified)
                    {
                        return response.StatusCode == HttpStatusCode.NotModified;
                    }

                    started = response.Headers.ETag?.Tag ?? started ?? throw new ArtifactRefusedException($"{source} comes without a digest");
                    await part.AppendAsync(response, timeout);
                    await CompleteAsync(part, started, cancellationToken);
                    return true;
                },
                Answers,
                cancellationToken),
            () => part.Length,
            cancellationToken);
    }

    private static HttpRequestMessage Request(string source, string? here, string? started, long offset)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (started is not null && offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue(started));
        }
        else if (here is not null)
        {
            request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(here));
        }

        return request;
    }

    private static async Task CompleteAsync(PartialFile part, string expected, CancellationToken cancellationToken)
    {
        string actual = Quote(await ArtifactDigest.OfAsync(part.Path, cancellationToken));
        if (actual != expected)
        {
            part.Delete();
            throw new ArtifactUnreachableException($"what arrived has the digest {actual} instead of {expected}");
        }

        part.Complete();
    }

    private static string Quote(string digest) => $"\"{digest}\"";
}
