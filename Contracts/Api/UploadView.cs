namespace Experiments.Contracts.Api;

/// <summary>How far the upload of a file has come.</summary>
/// <param name="Received">Bytes that have arrived and are kept.</param>
/// <param name="Complete">True when all have arrived, are what they should be, and the file has its name.</param>
public sealed record UploadView(long Received, bool Complete);
