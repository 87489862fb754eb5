using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults;
using Microsoft.Data.Sqlite;

namespace Experiments.Orchestrator.Maintenance;

/// <summary>Copies the databases while an Orchestrator works on them, with SQLite's online backup: <c>backup FOLDER</c> on the command line.</summary>
internal static class StorageBackup
{
    public const string Command = "backup";

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] arguments, IConfiguration configuration, TextWriter output, TextWriter errors)
    {
        if (arguments is not [var target] || target.StartsWith('-'))
        {
            errors.WriteLine($"{Command} takes one folder that is empty or does not exist, for example: {Command} /backups/today");
            return ExitCodes.CannotStart;
        }

        try
        {
            StorageOptions options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
            Copy(Path.GetFullPath(options.Root), Path.GetFullPath(target), output);
            return ExitCodes.Stopped;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            errors.WriteLine($"Cannot back up: {exception.Message}");
            return ExitCodes.Failed;
        }
    }

    private static void Copy(string root, string target, TextWriter output)
    {
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new IOException($"\"{target}\" is not empty; allowed: a folder that is empty or does not exist");
        }

        // The state first: curves that go further than it do no harm, a run without its curve would.
        foreach (string file in (string[])[StorageFolder.StateFile, StorageFolder.MetricsFile])
        {
            string source = Path.Combine(root, file);
            if (!File.Exists(source))
            {
                throw new IOException($"Storage:Root \"{root}\" has no {file}; name the folder of an Orchestrator with --Storage:Root=FOLDER");
            }

            Directory.CreateDirectory(target);
            string copy = Path.Combine(target, file);
            Copy(source, copy);
            output.WriteLine($"{copy}: {new FileInfo(copy).Length:N0} bytes, checked");
        }
    }

    private static void Copy(string source, string copy)
    {
        using SqliteConnection from = Open(source, SqliteOpenMode.ReadWrite);
        using SqliteConnection to = Open(copy, SqliteOpenMode.ReadWriteCreate);
        from.BackupDatabase(to);
        using SqliteCommand check = to.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        if (check.ExecuteScalar() is not "ok" and var problem)
        {
            throw new IOException($"the copy \"{copy}\" is damaged: {problem}");
        }
    }

    /// <summary>Reading a database that somebody writes needs its index of the write-ahead log, which a read-only connection may have to create.</summary>
    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }
}
