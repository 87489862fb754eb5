namespace Experiments.Contracts.Api;

/// <summary>The progress of a file's upload.</summary>
/// <param name="Received">Bytes that have arrived and are stored.</param>
/// <param name="Complete">True when all have arrived, match the digest, and the file has its final name.</param>
public sealed record UploadView(long Received, bool Complete);
