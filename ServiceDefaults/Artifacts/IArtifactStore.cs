namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>
/// How a worker gets at artifacts, wherever they are kept. It writes into a local folder and says what of it should be where the Orchestrator and
/// other workers find it; what it needs of others is brought within its reach.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Opens a folder for an attempt to write into, with what it goes on from within reach.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="ArtifactRefusedException">The keeper of the artifacts does not give them.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set; until then a keeper that does not answer is asked again.</exception>
    Task<IAttemptFiles> OpenAttemptAsync(AttemptOpening opening, CancellationToken cancellationToken);

    /// <summary>The path of a file that an attempt left, of a run that may still train; null when there is none.</summary>
    /// <inheritdoc cref="OpenAttemptAsync"/>
    Task<string?> FetchAsync(string runId, int attempt, string name, CancellationToken cancellationToken);

    /// <summary>The path of an artifact of a run that has completed; null when there is none.</summary>
    /// <inheritdoc cref="OpenAttemptAsync"/>
    Task<string?> FetchResultAsync(string runId, string name, CancellationToken cancellationToken);
}

/// <summary>Whose folder is opened.</summary>
/// <param name="WorkerId">Who holds the lease of the run.</param>
/// <param name="ResumeFrom">The earlier attempt that it goes on from; null to start afresh.</param>
/// <param name="Needed">The files of that attempt that may be needed; those that it did not leave are passed over.</param>
public sealed record AttemptOpening(string RunId, int Attempt, string WorkerId, int? ResumeFrom, IReadOnlyList<string> Needed);

/// <summary>The files of an attempt that is at work. Disposing of it leaves what was published.</summary>
public interface IAttemptFiles : IDisposable
{
    /// <summary>A local folder of the attempt's own. Files in it are replaced by renaming, never written over.</summary>
    string Folder { get; }

    /// <summary>A local folder with what an earlier attempt left, maybe incomplete; null to start afresh.</summary>
    string? ResumeFolder { get; }

    /// <summary>
    /// Takes hold of files as they are now, at no cost that matters to a training; they may be replaced from then on. Names of files that are not
    /// there are passed over.
    /// </summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    IPublication Capture(IReadOnlyList<string> names);
}

/// <summary>Files at one moment, on their way to where others find them.</summary>
public interface IPublication : IDisposable
{
    /// <summary>Ends when all of them have arrived, in the order in which they were named. While nobody takes them, it tries again and again.</summary>
    /// <exception cref="ArtifactRefusedException">They will never be taken.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    Task PublishAsync(CancellationToken cancellationToken);
}
