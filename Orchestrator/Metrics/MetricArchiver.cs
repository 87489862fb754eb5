using Experiments.ServiceDefaults.Metrics;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.Orchestrator.Metrics;

/// <summary>Moves points from the metric stream to the archive, each once, and trims the stream.</summary>
public sealed class MetricArchiver(
    IMetricStream stream, MetricArchive archive, TimeProvider time, ILogger<MetricArchiver> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TrimInterval = TimeSpan.FromSeconds(10);

    private long _trimmedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ArchiveAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Nothing is lost: the position was stored together with the points before it.
                logger.LogError(exception, "Archiving metrics failed; retrying in {Delay}", RetryDelay);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
    }

    private async Task ArchiveAsync(CancellationToken cancellationToken)
    {
        string position = await archive.PositionAsync(cancellationToken);
        await foreach (IReadOnlyList<MetricStreamEntry> page in stream.ReadAsync(position, cancellationToken))
        {
            await archive.StoreAsync([.. page.Select(entry => entry.Batch)], page[^1].Position, cancellationToken);
            Measure(page);
            await TrimAsync(page[^1].Position, cancellationToken);
        }
    }

    private void Measure(IReadOnlyList<MetricStreamEntry> page)
    {
        ExperimentsMetrics.PointsArchived.Add(page.Sum(entry => entry.Batch.Points.Count));
        if (page[^1].Batch.Points is [.., var newest])
        {
            ExperimentsMetrics.ArchiveLag.Record((time.GetUtcNow() - newest.Time).TotalSeconds);
        }
    }

    private async Task TrimAsync(string position, CancellationToken cancellationToken)
    {
        if (_trimmedAt != 0 && time.GetElapsedTime(_trimmedAt) < TrimInterval)
        {
            return;
        }

        _trimmedAt = time.GetTimestamp();
        try
        {
            await stream.TrimAsync(position, cancellationToken);
        }
        catch (MetricStreamUnavailableException exception)
        {
            logger.LogWarning(exception, "The metric stream could not be trimmed; the next pass retries");
        }
    }
}
