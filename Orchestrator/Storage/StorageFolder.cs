using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Storage;

/// <summary>
/// The folder with all data of an Orchestrator. Only one Orchestrator may use it: leases and the order of writes are kept in memory, so two would
/// give the same run to two workers.
/// </summary>
public sealed class StorageFolder(IOptions<StorageOptions> options) : IDisposable
{
    /// <summary>The database of sweeps, runs, attempts and workers.</summary>
    public const string StateFile = "experiments.db";

    /// <summary>The database of the points of all curves and the lines of all logs.</summary>
    public const string MetricsFile = "metrics.db";

    private const string LockName = "orchestrator.lock";

    private FileStream? _lock;

    public string Root { get; } = Path.GetFullPath(options.Value.Root);

    public string StateConnection => Connection(StateFile);

    public string MetricsConnection => Connection(MetricsFile);

    /// <summary>Locks the folder for this process until <see cref="Dispose"/>.</summary>
    /// <exception cref="IOException">The folder is not writable, or another process has locked it.</exception>
    public void Acquire()
    {
        try
        {
            Directory.CreateDirectory(Root);
            string probe = Path.Combine(Root, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Storage:Root \"{Root}\" cannot be written ({exception.Message}); allowed: a folder that this user can write to", exception);
        }

        try
        {
            _lock = new FileStream(Path.Combine(Root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"Storage:Root \"{Root}\" is in use by another Orchestrator; stop that one, or name another folder", exception);
        }
    }

    public void Dispose()
    {
        foreach (string connection in (string[])[StateConnection, MetricsConnection])
        {
            using var pooled = new SqliteConnection(connection);
            SqliteConnection.ClearPool(pooled);
        }

        _lock?.Dispose();
    }

    private string Connection(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(Root, file),
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString();
}
