using System.Net;
using System.Net.Http.Headers;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>
/// Brings files from the Orchestrator. What broke off goes on where it stopped, and a file appears under its name when its digest is what the
/// Orchestrator said.
/// </summary>
internal sealed class ArtifactDownloader(ArtifactExchange exchange, Persistence persistence)
{
    private const int BufferBytes = 1 << 18;
    private static readonly HttpStatusCode[] Answers = [HttpStatusCode.NotFound, HttpStatusCode.NotModified, HttpStatusCode.RequestedRangeNotSatisfiable];

    /// <param name="source">A path of the API.</param>
    /// <param name="target">The file; one that is there already is kept when it is still the same. Nobody else writes to it.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <inheritdoc cref="Persistence.RunAsync"/>
    public async Task<bool> FetchAsync(string source, string target, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string part = target + ".part";
        File.Delete(part);
        string? here = File.Exists(target) ? Quote(await ArtifactDigest.OfAsync(target, cancellationToken)) : null;
        string? started = null;
        return await persistence.RunAsync(
            $"Fetching {source}",
            () => exchange.AskAsync(
                _ => Request(source, here, started, LengthOf(part)),
                async (response, silence) =>
                {
                    if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NotModified)
                    {
                        return response.StatusCode == HttpStatusCode.NotModified;
                    }

                    started = response.Headers.ETag?.Tag ?? started ?? throw new ArtifactRefusedException($"{source} comes without a digest");
                    await AppendAsync(response, part, silence);
                    await FinishAsync(part, target, started, cancellationToken);
                    return true;
                },
                Answers,
                cancellationToken),
            () => LengthOf(part),
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

    private static async Task AppendAsync(HttpResponseMessage response, string part, Silence silence)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Nothing is missing, or what is here is no part of it; the digest tells.
            return;
        }

        FileMode mode = response.StatusCode == HttpStatusCode.PartialContent ? FileMode.Append : FileMode.Create;
        await using var file = new FileStream(part, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        await using Stream body = await response.Content.ReadAsStreamAsync(silence.Token);
        byte[] buffer = new byte[BufferBytes];
        while (await ReadAsync(body, buffer, silence.Token) is > 0 and var count)
        {
            silence.Break();
            await file.WriteAsync(buffer.AsMemory(0, count), silence.Token);
        }
    }

    private static async Task FinishAsync(string part, string target, string expected, CancellationToken cancellationToken)
    {
        string actual = Quote(await ArtifactDigest.OfAsync(part, cancellationToken));
        if (actual != expected)
        {
            File.Delete(part);
            throw new ArtifactUnreachableException($"what arrived has the digest {actual} instead of {expected}");
        }

        File.Move(part, target, overwrite: true);
    }

    /// <summary>A broken connection must not be taken for a disk that cannot be written.</summary>
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new ArtifactUnreachableException(exception.Message, exception);
        }
    }

    private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static string Quote(string digest) => $"\"{digest}\"";
}
