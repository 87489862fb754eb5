using System.Threading.Channels;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.ServiceDefaults.Metrics;
using Experiments.ServiceDefaults.Retries;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Sends points from the training thread to the metric stream, in batches and without blocking training.
/// While the stream is unavailable, points are buffered: enough for minutes at a thousand iterations per second. Others are dropped, counted and
/// logged. Metrics of epochs are also part of their reports, so that only live curves and curves within epochs get gaps.
/// </summary>
public sealed class MetricSender(IMetricStream stream, TimeProvider time, ILogger<MetricSender> logger) : DrainingService
{
    internal const string NoRoom = "the metric stream was unavailable for too long";
    internal const string Refused = "the metric stream rejects them";
    internal const string Ended = "the worker ended before the metric stream came back";
    internal const int Capacity = 200_000;
    private const int MostPerAppend = 2_000;
    private static readonly TimeSpan CollectingTime = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _hurry = new();
    private readonly OutageRetry _retry = new(time, exception => exception is MetricStreamUnavailableException);
    private readonly DroppedPoints _dropped = new(time, logger);

    /// <summary>Queues a point; returns immediately.</summary>
    public void Enqueue(RunClaimed claim, MetricPoint point)
    {
        if (!_items.Writer.TryWrite(new Item(claim, point)))
        {
            _dropped.Add(claim, 1, NoRoom);
        }
    }

    /// <summary>The number of dropped points of the attempt since the last call.</summary>
    public long TakeDropped(RunClaimed claim) => _dropped.Take(claim);

    public override void Dispose()
    {
        _hurry.Dispose();
        base.Dispose();
    }

    protected override void Close()
    {
        _items.Writer.TryComplete();
        _hurry.Cancel();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<(RunClaimed Claim, MetricBatch Batch)> batches = [];
        try
        {
            while (await _items.Reader.WaitToReadAsync(GiveUp))
            {
                if (_items.Reader.Count < MostPerAppend)
                {
                    await Task.Delay(CollectingTime, time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                batches = Collect();
                await AppendAsync(batches, GiveUp);
                batches = [];
            }
        }
        finally
        {
            Drop(batches, Ended, null);
            while (Collect() is { Count: > 0 } left)
            {
                Drop(left, Ended, null);
            }
        }
    }

    private List<(RunClaimed Claim, MetricBatch Batch)> Collect()
    {
        var batches = new List<(RunClaimed Claim, MetricBatch Batch)>();
        var points = new List<MetricPoint>();
        RunClaimed? claim = null;
        for (int i = 0; i < MostPerAppend && _items.Reader.TryRead(out Item item); i++)
        {
            if (claim is not null && !ReferenceEquals(item.Claim, claim))
            {
                batches.Add((claim, new MetricBatch(claim.SweepId, claim.RunId, claim.Attempt, points)));
                points = [];
            }

            claim = item.Claim;
            points.Add(item.Point);
        }

        if (claim is not null)
        {
            batches.Add((claim, new MetricBatch(claim.SweepId, claim.RunId, claim.Attempt, points)));
        }

        return batches;
    }

    private void Drop(List<(RunClaimed Claim, MetricBatch Batch)> batches, string reason, Exception? exception)
    {
        foreach ((RunClaimed claim, MetricBatch batch) in batches)
        {
            _dropped.Add(claim, batch.Points.Count, reason, exception);
        }
    }

    private async Task AppendAsync(List<(RunClaimed Claim, MetricBatch Batch)> batches, CancellationToken cancellationToken)
    {
        IReadOnlyList<MetricBatch> points = [.. batches.Select(batch => batch.Batch)];
        try
        {
            await _retry.RunAsync(
                token => stream.AppendAsync(points, token),
                exception => logger.LogWarning(
                    exception, "The metric stream cannot be reached; keeping {Points} points and more until it is back", _items.Reader.Count),
                () => logger.LogInformation("The metric stream is back"),
                cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Trying again would bring the same, and hold up all points behind these.
            Drop(batches, Refused, exception);
        }
    }

    private readonly record struct Item(RunClaimed Claim, MetricPoint Point);
}
