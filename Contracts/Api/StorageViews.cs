using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Api;

/// <summary>What takes room: files of runs, and the two databases. All sizes are in bytes.</summary>
public sealed record StorageView
{
    /// <summary>Everything together.</summary>
    public required long Bytes { get; init; }

    /// <summary>What may still be written to the disk of the artifacts; null where the system does not tell.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>The files that runs leave: weights, checkpoints, evaluations.</summary>
    public required ArtifactStorage Artifacts { get; init; }

    /// <summary>The state and the metrics database.</summary>
    public required IReadOnlyList<DatabaseStorage> Databases { get; init; }

    /// <summary>What was deleted and is still being removed.</summary>
    public required PendingDeletion Deleting { get; init; }

    /// <summary>Those that take most come first.</summary>
    public required IReadOnlyList<SweepStorage> Sweeps { get; init; }
}

/// <summary>The folder of artifacts and checkpoints.</summary>
/// <param name="OtherBytes">Files of runs that are not in the database, as after a backup was restored.</param>
/// <param name="MaxBytes">No attempts begin while they take more; null for no limit.</param>
/// <param name="MinFreeBytes">No attempts begin while the disk has less free.</param>
public sealed record ArtifactStorage(long Bytes, long OtherBytes, long? MaxBytes, long MinFreeBytes);

/// <summary>A database.</summary>
/// <param name="Name"><c>state</c> or <c>metrics</c>.</param>
/// <param name="Bytes">Of its files.</param>
/// <param name="ReusableBytes">The part of it that is empty: what is stored next goes there, and compacting gives it back.</param>
public sealed record DatabaseStorage(string Name, long Bytes, long ReusableBytes);

/// <summary>Runs that are deleted, of which something is still there.</summary>
/// <param name="Bytes">Of their files.</param>
/// <param name="Problem">Why the newest try to remove them failed; it is tried again. Null when none did.</param>
public sealed record PendingDeletion(int Runs, long Bytes, string? Problem);

/// <summary>What one sweep takes.</summary>
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

    /// <summary><see cref="ArtifactBytes"/> and <see cref="MetricBytes"/>.</summary>
    public required long Bytes { get; init; }

    /// <summary>Of artifacts and checkpoints.</summary>
    public required long ArtifactBytes { get; init; }

    /// <summary>Its share of the metrics database, by points of curves and lines of logs.</summary>
    public required long MetricBytes { get; init; }
}
