using System.Globalization;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Net.Http.Headers;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>Which file of which attempt is uploaded.</summary>
/// <param name="Sha256">The hash of the whole file, lower-case hexadecimal.</param>
/// <param name="Bytes">The length of the whole file.</param>
public sealed record UploadRequest(string RunId, int Attempt, string WorkerId, string Name, string Sha256, long Bytes)
{
    /// <summary>The token of the upload, which has to be that of the claim; null where workers need none.</summary>
    public string? TokenId { get; init; }

    /// <exception cref="ApiException">A parameter is missing or invalid.</exception>
    internal static UploadRequest Read(string runId, string attempt, string name, UploadParameters given)
    {
        ArtifactNameCheck.Require(name);
        if (!ArtifactDigest.IsDigest(given.Sha256 ?? ""))
        {
            given.Refuse("sha256", $"not allowed: \"{Quote.Shorten(given.Sha256 ?? "")}\"; allowed: the 64 lower-case hexadecimal digits of the file's SHA-256");
        }

        if (!long.TryParse(given.Bytes, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
        {
            given.Refuse("bytes", $"not allowed: \"{Quote.Shorten(given.Bytes ?? "")}\"; allowed: how many bytes the file has");
        }

        if (string.IsNullOrEmpty(given.Worker))
        {
            given.Refuse("worker", "missing; allowed: the id of the worker that holds the run's lease");
        }

        given.ThrowIfInvalid();
        return new UploadRequest(runId, AttemptNumber.Read(attempt), given.Worker!, name, given.Sha256!, bytes);
    }

    /// <summary>The offset of the request's bytes in the file, and their number.</summary>
    /// <param name="text">The Content-Range; empty or null for the whole file.</param>
    /// <exception cref="ApiException">It does not give them, or does not match the file.</exception>
    public (long From, long Count) ReadRange(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (0, Bytes);
        }

        return ContentRangeHeaderValue.TryParse(text, out ContentRangeHeaderValue? range)
            && range is { Unit.Value: "bytes", From: { } from, To: { } to, Length: { } length } && length == Bytes
            ? (from, to - from + 1)
            : throw ApiException.BadRequest("Content-Range", $"not allowed: \"{Quote.Shorten(text)}\"; allowed: bytes FROM-TO/{Bytes}");
    }
}
