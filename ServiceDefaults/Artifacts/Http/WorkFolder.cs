using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>
/// The temporary folder of one process. Its files are removed with the process, after they were sent to the Orchestrator. Folders of killed processes are
/// removed by the next process that starts; several may share the parent folder. A hosted service, so that a folder that cannot be written to fails the start.
/// </summary>
internal sealed class WorkFolder : IHostedService, IDisposable
{
    private const string Prefix = ".work-";
    private const string LockSuffix = ".lock";
    private const string Fetched = "fetched";
    private const string AtWork = "attempts";

    private readonly string _path;
    private readonly FileStream _lock;

    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public WorkFolder(string root)
    {
        root = Path.GetFullPath(root);
        new ArtifactFolder(root).CheckWritable();
        RemoveAbandoned(root);
        _path = Path.Combine(root, $"{Prefix}{Guid.NewGuid():N}");

        // First the lock, so that no other process takes the folder for an abandoned one.
        _lock = new FileStream(_path + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Directory.CreateDirectory(_path);
    }

    /// <summary>The folder that an attempt writes to.</summary>
    public string AttemptFolder(string runId, int attempt) => Under(AtWork, runId, attempt);

    /// <summary>The folder for downloaded files of attempts of any worker.</summary>
    public string FetchedFolder(string runId, int attempt) => Under(Fetched, runId, attempt);

    /// <summary>The folder for downloaded artifacts of completed runs.</summary>
    public string ResultFolder(string runId) => Under(Fetched, runId, attempt: 0);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        TryRemove(_path);
        _lock.Dispose();
        File.Delete(_path + LockSuffix);
    }

    private static void RemoveAbandoned(string root)
    {
        foreach (string path in Directory.EnumerateFiles(root, Prefix + "*" + LockSuffix))
        {
            try
            {
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    TryRemove(path[..^LockSuffix.Length]);
                }

                File.Delete(path);
            }
            catch (IOException)
            {
                // Its process is running, or another one is removing it.
            }
        }
    }

    private static void TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Already removed, or in use: the next process that starts tries again if the lock file still exists.
        }
    }

    private string Under(string kind, string runId, int attempt)
    {
        ArtifactName.CheckRunId(runId);
        return Path.Combine(_path, kind, runId, attempt.ToString(CultureInfo.InvariantCulture));
    }
}
