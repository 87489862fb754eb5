using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Uploads;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Retention;

/// <summary>Removes files of attempts. Missing files are not an error: an interrupted removal is repeated.</summary>
internal static class AttemptFolderCleaner
{
    private const string BeingWritten = ".tmp";

    /// <summary>True when there is something to remove.</summary>
    public static bool Any(ArtifactFolder folder, string runId, Removal removal) => Find(folder, runId, removal).Any();

    /// <returns>The number of bytes removed.</returns>
    /// <exception cref="IOException">A file cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not remove a file.</exception>
    public static long Remove(ArtifactFolder folder, string runId, Removal removal)
    {
        long bytes = 0;
        foreach (FileInfo file in Find(folder, runId, removal).ToList())
        {
            bytes += file.Length;
            file.Delete();
        }

        if (removal.Kind == RemovalKind.Everything && folder.AttemptFolder(runId, removal.Attempt) is var path && Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return bytes;
    }

    private static IEnumerable<FileInfo> Find(ArtifactFolder folder, string runId, Removal removal)
    {
        var path = new DirectoryInfo(folder.AttemptFolder(runId, removal.Attempt));
        return path.Exists ? path.EnumerateFiles().Where(file => IsMeant(file.Name, removal.Kind)) : [];
    }

    private static bool IsMeant(string name, RemovalKind kind) => kind switch
    {
        RemovalKind.Everything => true,
        RemovalKind.Checkpoint => IsFragment(name) || name.StartsWith(ArtifactNames.CheckpointPrefix, StringComparison.Ordinal),
        RemovalKind.Fragments => IsFragment(name),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    private static bool IsFragment(string name) =>
        name.EndsWith(BeingWritten, StringComparison.Ordinal) || (name.StartsWith('.') && name.EndsWith(PartFiles.Suffix, StringComparison.Ordinal));
}
