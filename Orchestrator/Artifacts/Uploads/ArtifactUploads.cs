using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>
/// Receives the files of attempts. Bytes are kept in a part file next to the target until the file is complete, so that an interrupted upload
/// resumes. Only the attempt that holds the run's lease may write.
/// </summary>
public sealed class ArtifactUploads(
    ArtifactFolder folder, LeaseTable leases, RunViews runs, SpaceBudget space, ArtifactUsage usage, ILogger<ArtifactUploads> logger)
{
    private readonly PartFiles _parts = new();

    /// <exception cref="ApiException">The attempt may not write.</exception>
    public async Task<UploadView> ProgressAsync(UploadRequest upload, CancellationToken cancellationToken)
    {
        await RequireLeaseAsync(upload, cancellationToken);
        string target = TargetOf(upload);
        return new FileInfo(target) is { Exists: true } file && file.Length == upload.Bytes
            && await ArtifactDigest.OfAsync(target, cancellationToken) == upload.Sha256
            ? new UploadView(upload.Bytes, true)
            : new UploadView(PartFiles.LengthOf(PartFiles.PathOf(target, upload.Sha256)), false);
    }

    /// <summary>Appends bytes to the part file; the last ones rename it to its final name.</summary>
    /// <exception cref="ApiException">The attempt may not write, the bytes do not follow those received, or the file is damaged.</exception>
    public async Task<UploadView> ReceiveAsync(UploadRequest upload, (long From, long Count) range, Stream body, CancellationToken cancellationToken)
    {
        await RequireLeaseAsync(upload, cancellationToken);
        string target = TargetOf(upload);
        string part = PartFiles.PathOf(target, upload.Sha256);
        using IDisposable claim = _parts.TryClaim(part) ?? throw ApiException.Busy($"\"{upload.Name}\" is being uploaded by another request");
        space.RequireRoomFor(upload.Bytes - range.From);
        folder.PrepareAttemptFolder(upload.RunId, upload.Attempt);
        try
        {
            return await AppendAsync(upload, range, body, part, target, cancellationToken);
        }
        finally
        {
            usage.Measure(upload.RunId, upload.Attempt);
        }
    }

    private async Task<UploadView> AppendAsync(
        UploadRequest upload, (long From, long Count) range, Stream body, string part, string target, CancellationToken cancellationToken)
    {
        long received = await PartFiles.AppendAsync(part, range.From, range.Count, upload.Bytes, body, cancellationToken);
        if (received < upload.Bytes)
        {
            return new UploadView(received, false);
        }

        await FinishAsync(upload, part, target, cancellationToken);
        return new UploadView(received, true);
    }

    private string TargetOf(UploadRequest upload) => Path.Combine(folder.AttemptFolder(upload.RunId, upload.Attempt), upload.Name);

    private async Task FinishAsync(UploadRequest upload, string part, string target, CancellationToken cancellationToken)
    {
        await RequireLeaseAsync(upload, cancellationToken);
        string actual = await ArtifactDigest.OfAsync(part, cancellationToken);
        if (actual != upload.Sha256)
        {
            File.Delete(part);
            logger.LogWarning("{Name} of run {RunId}, attempt {Attempt} arrived damaged and is not kept", upload.Name, upload.RunId, upload.Attempt);
            throw ApiException.Impossible("The file arrived damaged.", "sha256", $"what arrived has the SHA-256 {actual}, not {upload.Sha256}; send it again");
        }

        // The lease may have been lost while the bytes arrived.
        await RequireLeaseAsync(upload, cancellationToken);
        if (PreviousOf(upload.Name) is { } previous && File.Exists(target))
        {
            File.Move(target, Path.Combine(Path.GetDirectoryName(target)!, previous), overwrite: true);
        }

        File.Move(part, target, overwrite: true);
        PartFiles.RemoveOthers(target);
        logger.LogDebug("{Name} of run {RunId}, attempt {Attempt} has arrived: {Bytes} bytes", upload.Name, upload.RunId, upload.Attempt, upload.Bytes);
    }

    /// <summary>
    /// The name under which the previous version of a file is kept; null when it is not kept. A worker sends the best weights, then the checkpoint
    /// that refers to them, and may die in between: the stored checkpoint then belongs to the previous weights.
    /// </summary>
    private static string? PreviousOf(string name) => name switch
    {
        ArtifactNames.Checkpoint => ArtifactNames.PreviousCheckpoint,
        ArtifactNames.BestWeights => ArtifactNames.PreviousBestWeights,
        _ => null,
    };

    /// <exception cref="ApiException">There is no such run (404), or the lease is not that attempt's (409).</exception>
    private async Task RequireLeaseAsync(UploadRequest upload, CancellationToken cancellationToken)
    {
        if (!leases.IsHeldBy(upload.RunId, upload.Attempt, upload.WorkerId, upload.TokenId))
        {
            await runs.FindAsync(upload.RunId, cancellationToken);
            throw ApiException.Conflict($"attempt {upload.Attempt} of run {upload.RunId} on worker \"{Quote.Shorten(upload.WorkerId)}\" does not hold the run's lease; only the attempt that holds it may write");
        }
    }
}
