using System.Diagnostics;
using System.Runtime.CompilerServices;
using Experiments.Contracts.Metrics;
using Experiments.ServiceDefaults.Redis;
using Experiments.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>The stream in Redis: one Redis stream with an entry per batch, and a channel that notifies readers of appends.</summary>
internal sealed class RedisMetricStream : IMetricStream, IDisposable
{
    private readonly IConnectionMultiplexer _redis;
    private readonly MetricStreamOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisMetricStream> _logger;
    private readonly RedisDoorbell _doorbell;

    public RedisMetricStream(
        IConnectionMultiplexer redis, MetricStreamOptions options, TimeProvider time, ILogger<RedisMetricStream> logger)
    {
        (_redis, _options, _time, _logger) = (redis, options, time, logger);
        _doorbell = new RedisDoorbell(redis, RedisChannel.Literal(options.Key + ":doorbell"), logger);
    }

    private IDatabase Database => _redis.GetDatabase();

    public async Task AppendAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (batches.Count == 0)
        {
            return;
        }

        long start = _time.GetTimestamp();
        try
        {
            await Task.WhenAll(batches.Select(AddAsync).ToArray()).WaitAsync(cancellationToken);
            _doorbell.Ring();
            ExperimentsMetrics.AppendDuration.Record(_time.GetElapsedTime(start).TotalSeconds);
        }
        catch (Exception exception) when (RedisOutage.Is(exception))
        {
            TraceFailure(batches.Count, start, exception);
            throw Unavailable("append to", exception);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<MetricStreamEntry>> ReadAsync(
        string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = new RedisStreamCursor(_redis, _options, _logger, after);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _doorbell.ConnectAsync();
            Task ring = _doorbell.Next;
            IReadOnlyList<MetricStreamEntry>? page = await cursor.NextAsync().WaitAsync(cancellationToken);
            if (page is { Count: > 0 })
            {
                yield return page;
            }
            else if (page is null)
            {
                await WaitAsync(ring, cancellationToken);
            }
        }
    }

    /// <exception cref="MetricStreamUnavailableException">Redis cannot be reached now; try again later.</exception>
    public async Task TrimAsync(string position, CancellationToken cancellationToken)
    {
        var upTo = StreamPosition.Parse(position);
        var recent = new StreamPosition((_time.GetUtcNow() - _options.Retention).ToUnixTimeMilliseconds(), 0);
        StreamPosition firstKept = upTo < recent ? upTo with { Sequence = upTo.Sequence + 1 } : recent;
        try
        {
            await Database.StreamTrimByMinIdAsync(_options.Key, firstKept.ToString()).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (RedisOutage.Is(exception))
        {
            throw Unavailable("trim", exception);
        }
    }

    public void Dispose() => _doorbell.Dispose();

    /// <summary>Appends happen several times a second: only failed ones get a span.</summary>
    private void TraceFailure(int batches, long start, Exception exception)
    {
        TimeSpan duration = _time.GetElapsedTime(start);
        ExperimentsMetrics.AppendDuration.Record(duration.TotalSeconds, KeyValuePair.Create("error", (object?)exception.GetType().Name));
        using Activity? activity = ExperimentsTelemetry.MetricStream.StartActivity(
            "metrics append", ActivityKind.Producer, parentContext: default, startTime: _time.GetUtcNow() - duration);
        activity?.SetTag("messaging.batch.message_count", batches);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    private Task<RedisValue> AddAsync(MetricBatch batch) => Database.StreamAddAsync(
        _options.Key, RedisStreamCursor.PayloadField, MetricBatchCodec.Encode(batch), maxLength: _options.MaxEntries, useApproximateMaxLength: true);

    /// <summary>A blocking read is not possible on a shared (multiplexed) connection.</summary>
    private async Task WaitAsync(Task ring, CancellationToken cancellationToken)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(ring, Task.Delay(_options.PollInterval, _time, awake.Token));
        await awake.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static MetricStreamUnavailableException Unavailable(string what, Exception exception) =>
        new($"Cannot {what} the metric stream in Redis: {RedisOutage.Describe(exception)}", exception);
}
