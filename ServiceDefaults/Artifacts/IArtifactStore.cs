namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>
/// Where attempts leave their files. Each attempt has a folder of its own, so that one that lost its lease cannot
/// touch the files of its successor.
/// </summary>
public interface IArtifactStore
{
    /// <summary>The local folder that an attempt writes into, created if need be.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    string PrepareAttemptFolder(string runId, int attempt);

    /// <summary>The local folder that holds what an earlier attempt left; it may be missing or incomplete.</summary>
    string AttemptFolder(string runId, int attempt);

    /// <summary>Opens a file of an attempt for reading, seekable; null when there is none of that name.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a plain file name.</exception>
    Stream? OpenRead(string runId, int attempt, string name);
}
