using Experiments.Contracts.Metrics;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>An element of the stream.</summary>
/// <param name="Position">Its position, for <see cref="IMetricStream.ReadAsync"/>; increases along the stream, even after the stream was lost and restarted.</param>
public sealed record MetricStreamEntry(string Position, MetricBatch Batch);

/// <summary>
/// The stream of metric points from workers to the archive and to open pages: an append-only log that keeps the newest
/// entries. All implementations pass one conformance suite.
/// </summary>
public interface IMetricStream
{
    /// <summary>The position that reads everything that the stream still keeps.</summary>
    const string Beginning = "0";

    /// <summary>Appends the batches in order. Appending a batch again is allowed: readers deduplicate points by (run, attempt, sequence).</summary>
    /// <exception cref="MetricStreamUnavailableException">It is unknown whether the batches were appended; retry.</exception>
    Task AppendAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken);

    /// <summary>
    /// Reads all entries after <paramref name="after"/>, then new ones as they are appended, until cancelled. Each element of the
    /// sequence is a non-empty page of entries. After an outage, reading resumes automatically, even if the stream comes back empty.
    /// </summary>
    /// <param name="after">A position, <see cref="Beginning"/>, or null to read only new entries.</param>
    IAsyncEnumerable<IReadOnlyList<MetricStreamEntry>> ReadAsync(string? after, CancellationToken cancellationToken);

    /// <summary>Allows the stream to drop entries up to <paramref name="position"/>; recent ones may be kept.</summary>
    Task TrimAsync(string position, CancellationToken cancellationToken);
}

/// <summary>The stream cannot be reached now.</summary>
public sealed class MetricStreamUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
