using System.Globalization;

namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>
/// The folder that holds the files of all attempts, used by the Orchestrator and by workers that see it under the same path. Each attempt's files are in
/// <c>&lt;root&gt;/&lt;run&gt;/&lt;attempt&gt;/</c>, so that an attempt that lost its lease cannot change the files of its successor.
/// </summary>
public sealed class ArtifactFolder(string root)
{
    /// <summary>The full path.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The folder of an attempt's files; created if it does not exist.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public string PrepareAttemptFolder(string runId, int attempt)
    {
        string folder = AttemptFolder(runId, attempt);
        Create(folder);
        return folder;
    }

    /// <summary>The folder of an attempt's files; it may be missing or incomplete.</summary>
    /// <exception cref="ArgumentException">The run id or the attempt number is invalid.</exception>
    public string AttemptFolder(string runId, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        return Path.Combine(RunFolder(runId), attempt.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The folder that holds the folders of a run's attempts.</summary>
    /// <exception cref="ArgumentException">The run id is invalid.</exception>
    public string RunFolder(string runId)
    {
        ArtifactName.CheckRunId(runId);
        return Path.Combine(Root, runId);
    }

    /// <summary>The ids of the runs that have a folder, read lazily.</summary>
    public IEnumerable<string> Runs() => Directory.Exists(Root)
        ? Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)).Where(ArtifactName.IsRunId)
        : [];

    /// <summary>The attempts of a run that have a folder, in no order.</summary>
    /// <exception cref="ArgumentException">The run id is invalid.</exception>
    public IReadOnlyList<int> AttemptsOf(string runId)
    {
        try
        {
            return
            [
                .. Directory.EnumerateDirectories(RunFolder(runId))
                    .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int attempt) ? attempt : -1)
                    .Where(attempt => attempt >= 0),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Opens a file of an attempt for reading, seekable; null when there is none of that name.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a plain file name.</exception>
    public FileStream? OpenRead(string runId, int attempt, string name)
    {
        ArtifactName.CheckFileName(name);
        try
        {
            // A file may be replaced during a download.
            return new FileStream(
                Path.Combine(AttemptFolder(runId, attempt), name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public void CheckWritable()
    {
        Create(Root);
        string probe = Path.Combine(Root, $".write-probe-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(Root, exception);
        }
    }

    private static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(folder, exception);
        }
    }

    private static IOException NotWritable(string folder, Exception cause) => new(
        $"Cannot write to the artifacts folder '{folder}': {cause.Message} "
        + $"Choose another with {ArtifactStoreRegistration.ArtifactsRootKey} or {ArtifactStoreRegistration.StorageRootKey}.",
        cause);
}
