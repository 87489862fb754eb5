namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>
/// A worker's access to artifacts, wherever they are stored. The worker writes into a local folder and publishes files for the Orchestrator and
/// other workers; files of other attempts are fetched to a local path.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Opens a folder for an attempt to write to, and fetches the files that it resumes from.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="ArtifactRefusedException">The store refuses to return them.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set; until then requests to an unreachable store are retried.</exception>
    Task<IAttemptFiles> OpenAttemptAsync(AttemptOpening opening, CancellationToken cancellationToken);

    /// <summary>The path of a file of an attempt whose run may still be training; null when there is none.</summary>
    /// <inheritdoc cref="OpenAttemptAsync"/>
    Task<string?> FetchAsync(string runId, int attempt, string name, CancellationToken cancellationToken);

    /// <summary>The path of an artifact of a run that has completed; null when there is none.</summary>
    /// <inheritdoc cref="OpenAttemptAsync"/>
    Task<string?> FetchResultAsync(string runId, string name, CancellationToken cancellationToken);
}

/// <summary>The attempt whose folder is opened.</summary>
/// <param name="WorkerId">The worker that holds the lease of the run.</param>
/// <param name="ResumeFrom">The earlier attempt that it resumes from; null to start from the beginning.</param>
/// <param name="Needed">The files of that attempt that may be needed; missing ones are skipped.</param>
public sealed record AttemptOpening(string RunId, int Attempt, string WorkerId, int? ResumeFrom, IReadOnlyList<string> Needed);

/// <summary>The files of a running attempt. Disposing keeps what was published.</summary>
public interface IAttemptFiles : IDisposable
{
    /// <summary>The local folder of the attempt. Files in it are replaced by renaming, never overwritten.</summary>
    string Folder { get; }

    /// <summary>A local folder with the files of the earlier attempt, possibly incomplete; null to start from the beginning.</summary>
    string? ResumeFolder { get; }

    /// <summary>
    /// Captures files in their current state, cheaply enough for the training thread; they may be replaced afterwards. Missing
    /// files are skipped.
    /// </summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    IPublication Capture(IReadOnlyList<string> names);
}

/// <summary>Files captured at one moment, to be published.</summary>
public interface IPublication : IDisposable
{
    /// <summary>Publishes all of them in the order of their names in the call, retrying while the store is unreachable.</summary>
    /// <exception cref="ArtifactRefusedException">The store refuses them permanently.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    Task PublishAsync(CancellationToken cancellationToken);
}
