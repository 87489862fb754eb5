using System.Globalization;
using Experiments.Contracts.Documents;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Net.Http.Headers;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>The parameters as the address has them.</summary>
internal readonly record struct UploadParameters(string Id, string Attempt, string Name, string? Worker, string? Sha256, string? Bytes);

/// <summary>Which file of which attempt is uploaded.</summary>
/// <param name="Sha256">The hash of the whole file, lower-case hexadecimal.</param>
/// <param name="Bytes">The length of the whole file.</param>
public sealed record UploadRequest(string RunId, int Attempt, string WorkerId, string Name, string Sha256, long Bytes)
{
    /// <exception cref="ApiException">A parameter is missing or invalid.</exception>
    internal static UploadRequest Read(UploadParameters given)
    {
        ArtifactNameCheck.Require(given.Name);
        var errors = new SpecErrors();
        if (!ArtifactDigest.IsDigest(given.Sha256 ?? ""))
        {
            errors.Add("sha256", $"not allowed: \"{Query.Shorten(given.Sha256 ?? "")}\"; allowed: the 64 lower-case hexadecimal digits of the file's SHA-256");
        }

        if (!long.TryParse(given.Bytes, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
        {
            errors.Add("bytes", $"not allowed: \"{Query.Shorten(given.Bytes ?? "")}\"; allowed: how many bytes the file has");
        }

        if (string.IsNullOrEmpty(given.Worker))
        {
            errors.Add("worker", "missing; allowed: the id of the worker that holds the run's lease");
        }

        return errors.Any
            ? throw ApiException.BadRequest(errors.ToDictionary())
            : new UploadRequest(given.Id, AttemptNumber.Read(given.Attempt), given.Worker!, given.Name, given.Sha256!, bytes);
    }

    /// <summary>The offset of the request's bytes in the file, and their number.</summary>
    /// <exception cref="ApiException">The headers do not give them, or do not match the file.</exception>
    public (long From, long Count) ReadRange(HttpRequest request)
    {
        string text = request.Headers.ContentRange.ToString();
        if (text.Length == 0)
        {
            return (0, Bytes);
        }

        return ContentRangeHeaderValue.TryParse(text, out ContentRangeHeaderValue? range)
            && range is { Unit.Value: "bytes", From: { } from, To: { } to, Length: { } length } && length == Bytes
            ? (from, to - from + 1)
            : throw ApiException.BadRequest("Content-Range", $"not allowed: \"{Query.Shorten(text)}\"; allowed: bytes FROM-TO/{Bytes}");
    }
}
