using Experiments.Contracts.Metrics;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>An element of the stream.</summary>
/// <param name="Position">Its place, for <see cref="IMetricStream.ReadAsync"/>; grows along the stream, also after the stream was lost and begun anew.</param>
public sealed record MetricStreamEntry(string Position, MetricBatch Batch);

/// <summary>
/// The road of metric points from workers to the archive and to open pages: an append-only log that keeps the newest
/// stretch. One conformance suite holds for all implementations.
/// </summary>
public interface IMetricStream
{
    /// <summary>Reading from here gets everything that the stream still keeps.</summary>
    const string Beginning = "0";

    /// <summary>Appends the batches in order. Appending again what may have arrived already is allowed: readers tell points by (run, attempt, sequence).</summary>
    /// <exception cref="MetricStreamUnavailableException">Nothing is known to have been appended; try again.</exception>
    Task AppendAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken);

    /// <summary>
    /// Everything after <paramref name="after"/>, then whatever is appended, until cancelled. Each element of the
    /// sequence is a non-empty page of entries. Outages are waited out: reading goes on by itself, also when the stream comes back empty.
    /// </summary>
    /// <param name="after">A position, <see cref="Beginning"/>, or null for only what is appended from now on.</param>
    IAsyncEnumerable<IReadOnlyList<MetricStreamEntry>> ReadAsync(string? after, CancellationToken cancellationToken);

    /// <summary>Allows the stream to forget entries up to <paramref name="position"/>; a stretch of recent ones may be kept.</summary>
    Task TrimAsync(string position, CancellationToken cancellationToken);
}

/// <summary>The stream cannot be reached now.</summary>
public sealed class MetricStreamUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
