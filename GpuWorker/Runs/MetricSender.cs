using System.Threading.Channels;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Metrics;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Carries points from the training thread to the metric stream, in batches and without ever making the training wait.
/// While the stream is away, points are kept: enough for a minute at a thousand iterations a second.
/// </summary>
public sealed class MetricSender(IMetricStream stream, TimeProvider time, ILogger<MetricSender> logger) : BackgroundService
{
    internal const int Capacity = 200_000;
    private const int MostPerAppend = 2_000;
    private static readonly TimeSpan CollectingTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _giveUp = new();
    private readonly CancellationTokenSource _hurry = new();
    private long _dropped;

    /// <summary>Hands a point over; returns at once.</summary>
    public void Enqueue(RunClaimed claim, MetricPoint point)
    {
        if (!_items.Writer.TryWrite(new Item(claim, point)) && Interlocked.Increment(ref _dropped) == 1)
        {
            // Epoch metrics also travel with EpochFinished, so that only curves within an epoch get gaps.
            logger.LogError("The metric stream has been away for so long that points of run {RunId} are dropped", claim.RunId);
        }
    }

    /// <summary>Sends what is left, as long as <paramref name="cancellationToken"/> allows.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _items.Writer.TryComplete();
        await _hurry.CancelAsync();
        await using CancellationTokenRegistration registration = cancellationToken.Register(_giveUp.Cancel);
        if (ExecuteTask is { } sending)
        {
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        _hurry.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        CancellationToken giveUp = _giveUp.Token;
        while (await _items.Reader.WaitToReadAsync(giveUp))
        {
            if (_items.Reader.Count < MostPerAppend)
            {
                await Task.Delay(CollectingTime, time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await AppendAsync(Collect(), giveUp);
        }
    }

    private List<MetricBatch> Collect()
    {
        var batches = new List<MetricBatch>();
        var points = new List<MetricPoint>();
        RunClaimed? claim = null;
        for (int i = 0; i < MostPerAppend && _items.Reader.TryRead(out Item item); i++)
        {
            if (claim is not null && !ReferenceEquals(item.Claim, claim))
            {
                batches.Add(new MetricBatch(claim.SweepId, claim.RunId, claim.Attempt, points));
                points = [];
            }

            claim = item.Claim;
            points.Add(item.Point);
        }

        if (claim is not null)
        {
            batches.Add(new MetricBatch(claim.SweepId, claim.RunId, claim.Attempt, points));
        }

        return batches;
    }

    private async Task AppendAsync(List<MetricBatch> batches, CancellationToken cancellationToken)
    {
        for (bool warned = false; ; warned = true)
        {
            try
            {
                await stream.AppendAsync(batches, cancellationToken);
                if (warned)
                {
                    logger.LogInformation("The metric stream is back");
                }

                return;
            }
            catch (MetricStreamUnavailableException exception)
            {
                if (!warned)
                {
                    logger.LogWarning(exception, "The metric stream cannot be reached; keeping {Points} points and more until it is back", _items.Reader.Count);
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private readonly record struct Item(RunClaimed Claim, MetricPoint Point);
}
