namespace Experiments.Orchestrator.Metrics.Database;

/// <summary>A curve: one metric of one run.</summary>
public sealed class Series
{
    public long Id { get; init; }

    public required string RunId { get; init; }

    public required string Name { get; init; }
}

/// <summary>A stored point; there is at most one per curve and step.</summary>
public sealed class StoredPoint
{
    public long SeriesId { get; init; }

    public long Step { get; init; }

    public double Value { get; init; }

    public DateTimeOffset Time { get; init; }

    /// <summary>The attempt that measured it; a newer attempt's value replaces an older one's.</summary>
    public int Attempt { get; init; }
}

/// <summary>How far the archiver has read the metric stream: a table of one row, written together with the points.</summary>
public sealed class ArchivePosition
{
    public const int TheOnlyId = 1;

    public int Id { get; init; } = TheOnlyId;

    public required string Position { get; init; }
}
