using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>
/// A folder that one process works in. Nothing in it outlives the process: what matters has gone to the Orchestrator. What a killed process left is
/// removed by the next one that starts; several may share the folder above. A hosted service, so that a folder that cannot be written to ends the start.
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

        // First the lock, so that nobody takes the folder for an abandoned one.
        _lock = new FileStream(_path + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Directory.CreateDirectory(_path);
    }

    /// <summary>Where an attempt writes.</summary>
    public string AttemptFolder(string runId, int attempt) => Under(AtWork, runId, attempt);

    /// <summary>Where files that an attempt of any worker left are brought.</summary>
    public string FetchedFolder(string runId, int attempt) => Under(Fetched, runId, attempt);

    /// <summary>Where artifacts of completed runs are brought.</summary>
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
                // Its process lives, or another one is just removing it.
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
            // Gone already, or in use: the next process that starts tries again where the lock file is still there.
        }
    }

    private string Under(string kind, string runId, int attempt)
    {
        ArtifactName.CheckRunId(runId);
        return Path.Combine(_path, kind, runId, attempt.ToString(CultureInfo.InvariantCulture));
    }
}
