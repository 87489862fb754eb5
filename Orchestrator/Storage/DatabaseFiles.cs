using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Storage;

/// <summary>The size of a database.</summary>
/// <param name="Bytes">The size of its file and its write-ahead log.</param>
/// <param name="ReusableBytes">Free pages, which SQLite reuses before the file grows.</param>
internal readonly record struct DatabaseSize(long Bytes, long ReusableBytes);

/// <summary>Measures and compacts the files of a database.</summary>
internal static class DatabaseFiles
{
    public static async Task<DatabaseSize> MeasureAsync(DbContext db, string file, CancellationToken cancellationToken)
    {
        long free = await PragmaAsync(db, "freelist_count", cancellationToken) * await PragmaAsync(db, "page_size", cancellationToken);
        return new DatabaseSize(LengthOf(file) + LengthOf(file + "-wal"), free);
    }

    /// <summary>
    /// Returns free pages to the disk. Temporarily needs twice the size of the database. Writers must wait; readers continue.
    /// </summary>
    public static async Task CompactAsync(DbContext db, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await db.Database.ExecuteSqlRawAsync("VACUUM", cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        db.Database.SetCommandTimeout(null);
    }

    private static async Task<long> PragmaAsync(DbContext db, string name, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
