using System.Collections.Concurrent;
using Experiments.Contracts.Metrics;
using Experiments.ServiceDefaults.Metrics;

namespace Experiments.Dashboard.Live;

/// <summary>
/// The only reader of the metric stream in this process, shared by all open pages. It keeps the newest batches, so
/// that a page that opens now also gets the points that the Orchestrator has not archived yet.
/// </summary>
public sealed class LiveMetrics(IMetricStream stream, ILogger<LiveMetrics> logger) : BackgroundService
{
    /// <summary>Batches kept for pages that open later: some minutes of a busy machine, a few megabytes.</summary>
    private const int KeptBatches = 4096;

    private readonly ConcurrentDictionary<Guid, Subscriber> _subscribers = new();
    private readonly Queue<MetricBatch> _recent = new();
    private readonly Lock _gate = new();

    /// <summary>
    /// Calls <paramref name="handler"/> with every batch that <paramref name="wanted"/> accepts: first recent ones, then new ones.
    /// Points can arrive twice. The handler must return quickly and may be called on any thread, never concurrently.
    /// </summary>
    public IDisposable Subscribe(Func<MetricBatch, bool> wanted, Action<MetricBatch> handler)
    {
        var id = Guid.NewGuid();
        var subscriber = new Subscriber(wanted, handler);
        lock (_gate)
        {
            foreach (MetricBatch batch in _recent)
            {
                Deliver(subscriber, batch);
            }

            _subscribers[id] = subscriber;
        }

        return new Subscription(() => _subscribers.TryRemove(id, out _));
    }

    /// <summary>Passes a batch on and keeps it for a while.</summary>
    internal void Publish(MetricBatch batch)
    {
        lock (_gate)
        {
            _recent.Enqueue(batch);
            if (_recent.Count > KeptBatches)
            {
                _recent.Dequeue();
            }

            foreach (Subscriber subscriber in _subscribers.Values)
            {
                Deliver(subscriber, batch);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (IReadOnlyList<MetricStreamEntry> page in stream.ReadAsync(IMetricStream.Beginning, stoppingToken))
        {
            foreach (MetricStreamEntry entry in page)
            {
                Publish(entry.Batch);
            }
        }
    }

    private void Deliver(Subscriber subscriber, MetricBatch batch)
    {
        if (!subscriber.Wanted(batch))
        {
            return;
        }

        try
        {
            subscriber.Handler(batch);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A page failed to take {Points} points of run {RunId}", batch.Points.Count, batch.RunId);
        }
    }

    private sealed record Subscriber(Func<MetricBatch, bool> Wanted, Action<MetricBatch> Handler);
}
