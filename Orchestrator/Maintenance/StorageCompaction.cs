using System.Globalization;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Maintenance;

/// <summary>Gives the room that deleted runs left in the databases back to the disk. Reports and metrics wait meanwhile.</summary>
public sealed class StorageCompaction(
    StateWriter writer, IDbContextFactory<MetricsContext> metricPoints, MetricsGate gate, StorageFolder folder, IDiskSpace disk, ILogger<StorageCompaction> logger)
{
    /// <summary>The new file is written next to the old one, and then through the write-ahead log.</summary>
    private const int RoomNeeded = 2;

    private const int DiskFull = 13;

    /// <exception cref="ApiException">The disk has not the room that it takes (507).</exception>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        await CompactMetricsAsync(cancellationToken);
        await writer.PauseAsync(db => CompactAsync(db, StorageFolder.StateFile, cancellationToken), cancellationToken);
    }

    private async Task CompactMetricsAsync(CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using MetricsContext db = await metricPoints.CreateDbContextAsync(cancellationToken);
        await CompactAsync(db, StorageFolder.MetricsFile, cancellationToken);
    }

    private async Task CompactAsync(DbContext db, string name, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder.Root, name);
        DatabaseSize before = await DatabaseFiles.MeasureAsync(db, file, cancellationToken);
        long needed = RoomNeeded * (before.Bytes - before.ReusableBytes);
        if (disk.FreeBytes(folder.Root) is { } free && free < needed)
        {
            throw NoRoom(string.Create(CultureInfo.InvariantCulture, $"compacting {name} takes up to {needed:N0} bytes for a moment; the disk has {free:N0} free"));
        }

        try
        {
            await DatabaseFiles.CompactAsync(db, cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == DiskFull)
        {
            throw NoRoom($"{name} could not be compacted: {exception.Message}; nothing is lost");
        }

        DatabaseSize after = await DatabaseFiles.MeasureAsync(db, file, cancellationToken);
        logger.LogInformation("{Database} compacted from {Before} to {After} bytes", name, before.Bytes, after.Bytes);
    }

    private static ApiException NoRoom(string problem) => ApiException.NoSpace("storage", problem);
}
