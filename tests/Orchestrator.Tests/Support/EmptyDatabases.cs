using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Tests.Support;

/// <summary>
/// The databases of an Orchestrator that has just been started for the first time. They are migrated once for all tests: that takes longer than the rest
/// of a start. <c>MigrationTests</c> start without them.
/// </summary>
internal static class EmptyDatabases
{
    private static readonly Lazy<(string Name, byte[] Content)[]> Files = new(Create);

    /// <summary>Leaves a folder that has databases as it is.</summary>
    public static void CopyTo(TempFolder folder)
    {
        if (Directory.EnumerateFiles(folder.Path, "*.db").Any())
        {
            return;
        }

        foreach ((string name, byte[] content) in Files.Value)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, name), content);
        }
    }

    private static (string Name, byte[] Content)[] Create()
    {
        using var folder = new TempFolder();
        Migrate(new StateContext(Options<StateContext>(folder, StorageFolder.StateFile)));
        Migrate(new MetricsContext(Options<MetricsContext>(folder, StorageFolder.MetricsFile)));
        return [.. ((string[])[StorageFolder.StateFile, StorageFolder.MetricsFile]).Select(name => (name, File.ReadAllBytes(Path.Combine(folder.Path, name))))];
    }

    /// <summary>Without a pool, so that the file is complete when the connection is closed.</summary>
    private static DbContextOptions<T> Options<T>(TempFolder folder, string file)
        where T : DbContext => new DbContextOptionsBuilder<T>().UseSqlite($"Data Source={Path.Combine(folder.Path, file)};Pooling=false").Options;

    private static void Migrate(DbContext context)
    {
        using (context)
        {
            context.Database.Migrate();
        }
    }
}
