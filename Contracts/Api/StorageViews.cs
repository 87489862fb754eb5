using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Api;

/// <summary>Disk usage: the files of runs, and the two databases. All sizes are in bytes.</summary>
public sealed record StorageView
{
    /// <summary>The total.</summary>
    public required long Bytes { get; init; }

    /// <summary>Free space on the disk of the artifacts; null where the system does not report it.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>The files of runs: weights, checkpoints, evaluations.</summary>
    public required ArtifactStorage Artifacts { get; init; }

    /// <summary>The state and the metrics database.</summary>
    public required IReadOnlyList<DatabaseStorage> Databases { get; init; }

    /// <summary>Deleted runs whose data is still being removed.</summary>
    public required PendingDeletion Deleting { get; init; }

    /// <summary>The largest first.</summary>
    public required IReadOnlyList<SweepStorage> Sweeps { get; init; }
}

/// <summary>The folder of artifacts and checkpoints.</summary>
/// <param name="OtherBytes">Files of runs that are not in the database, for example after a backup was restored.</param>
/// <param name="MaxBytes">No attempts start while the files take more; null for no limit.</param>
/// <param name="MinFreeBytes">No attempts start while the disk has less free space.</param>
public sealed record ArtifactStorage(long Bytes, long OtherBytes, long? MaxBytes, long MinFreeBytes);

/// <summary>A database.</summary>
/// <param name="Name"><c>state</c> or <c>metrics</c>.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="ReusableBytes">The empty part of it, which new rows fill and compacting returns to the disk.</param>
public sealed record DatabaseStorage(string Name, long Bytes, long ReusableBytes);

/// <summary>Deleted runs whose data is not completely removed yet.</summary>
/// <param name="Bytes">The size of their files.</param>
/// <param name="Problem">Why the last try to remove them failed; it is repeated. Null when it did not fail.</param>
public sealed record PendingDeletion(int Runs, long Bytes, string? Problem);

/// <summary>The disk usage of one sweep.</summary>
public sealed record SweepStorage
{
    /// <summary>The sweep's id.</summary>
    public required string Id { get; init; }

    /// <summary>The sweep's name.</summary>
    public required string Name { get; init; }

    /// <summary>The sweep's status; only ended sweeps can be deleted.</summary>
    public required SweepStatus Status { get; init; }

    /// <summary>When the sweep was launched (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the sweep was archived (UTC); null unless it is.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>The number of the sweep's runs.</summary>
    public required int Runs { get; init; }

    /// <summary>The sum of <see cref="ArtifactBytes"/> and <see cref="MetricBytes"/>.</summary>
    public required long Bytes { get; init; }

    /// <summary>The size of artifacts and checkpoints.</summary>
    public required long ArtifactBytes { get; init; }

    /// <summary>Its share of the metrics database, by points of curves and lines of logs.</summary>
    public required long MetricBytes { get; init; }
}
