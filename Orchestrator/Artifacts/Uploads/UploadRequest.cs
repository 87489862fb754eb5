using System.Globalization;
using Experiments.Contracts.Documents;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Net.Http.Headers;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>As they stand in the address.</summary>
internal readonly record struct UploadParameters(string Id, string Attempt, string Name, string? Worker, string? Sha256, string? Bytes);

/// <summary>Which file of whom is uploaded.</summary>
/// <param name="Sha256">Of the whole file, lower-case hexadecimal.</param>
/// <param name="Bytes">Of the whole file.</param>
public sealed record UploadRequest(string RunId, int Attempt, string WorkerId, string Name, string Sha256, long Bytes)
{
    /// <exception cref="ApiException">Something is missing or not allowed.</exception>
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

    /// <summary>Where the bytes of the request begin in the file, and how many follow.</summary>
    /// <exception cref="ApiException">The headers do not say it, or not of this file.</exception>
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
