using System.Globalization;

namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>Keeps artifacts in <c>&lt;root&gt;/&lt;run&gt;/&lt;attempt&gt;/</c> of a folder that all services see.</summary>
internal sealed class FolderArtifactStore(string root) : IArtifactStore
{
    private readonly string _root = Path.GetFullPath(root);

    public string PrepareAttemptFolder(string runId, int attempt)
    {
        string folder = AttemptFolder(runId, attempt);
        Create(folder);
        return folder;
    }

    public string AttemptFolder(string runId, int attempt)
    {
        ArtifactName.CheckRunId(runId);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        return Path.Combine(_root, runId, attempt.ToString(CultureInfo.InvariantCulture));
    }

    public Stream? OpenRead(string runId, int attempt, string name)
    {
        ArtifactName.CheckFileName(name);
        try
        {
            // A file may be replaced while somebody downloads it.
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
        Create(_root);
        string probe = Path.Combine(_root, $".write-probe-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_root, exception);
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
