using System.Diagnostics;
using System.Runtime.CompilerServices;
using Experiments.Contracts.Metrics;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>The stream in Redis: one Redis stream with an entry per batch, and a channel that calls readers when something was appended.</summary>
internal sealed class RedisMetricStream : IMetricStream, IDisposable
{
    private const string PayloadField = "b";

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

        using Activity? activity = ExperimentsTelemetry.MetricStream.StartActivity("metrics append", ActivityKind.Producer);
        activity?.SetTag("messaging.batch.message_count", batches.Count);
        try
        {
            await Task.WhenAll(batches.Select(AddAsync).ToArray()).WaitAsync(cancellationToken);
            _doorbell.Ring();
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw Unavailable("append to", exception);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<MetricStreamEntry>> ReadAsync(
        string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StreamPosition? position = after is null ? null : StreamPosition.Parse(after);
        var outage = new ReaderOutage(_logger);
        await _doorbell.ConnectAsync();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task ring = _doorbell.Next;
            IReadOnlyList<MetricStreamEntry> page = [];
            var more = false;
            try
            {
                position ??= await LastAsync();
                (page, StreamPosition next, more) = await ReadPageAsync(position.Value);
                position = next;
                outage.End();
            }
            catch (Exception exception) when (IsOutage(exception))
            {
                outage.Begin(exception);
            }

            if (page.Count > 0)
            {
                yield return page;
            }

            if (!more)
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
        catch (Exception exception) when (IsOutage(exception))
        {
            throw Unavailable("trim", exception);
        }
    }

    public void Dispose() => _doorbell.Dispose();

    private static bool IsOutage(Exception exception) => exception is RedisException or TimeoutException or ObjectDisposedException;

    private Task<RedisValue> AddAsync(MetricBatch batch) => Database.StreamAddAsync(
        _options.Key, PayloadField, MetricBatchCodec.Encode(batch), maxLength: _options.MaxEntries, useApproximateMaxLength: true);

    /// <summary>A page of what can be read, the position after it, and whether it is worth looking for more at once.</summary>
    private async Task<(IReadOnlyList<MetricStreamEntry> Page, StreamPosition Position, bool More)> ReadPageAsync(StreamPosition position)
    {
        StreamEntry[] entries = await Database.StreamReadAsync(_options.Key, position.ToString(), _options.PageSize);
        if (entries.Length > 0)
        {
            return (Decode(entries), StreamPosition.Parse(entries[^1].Id.ToString()), true);
        }

        // Nothing would ever come after a position that the stream has not reached: it was begun anew by a clock that is behind.
        return await LastAsync() < position
            ? ([], StreamPosition.Beginning, position > StreamPosition.Beginning)
            : ([], position, false);
    }

    private List<MetricStreamEntry> Decode(StreamEntry[] entries)
    {
        var page = new List<MetricStreamEntry>(entries.Length);
        foreach (StreamEntry entry in entries)
        {
            byte[]? payload = entry[PayloadField];
            if (MetricBatchCodec.TryDecode(payload, out MetricBatch? batch, out string? problem))
            {
                page.Add(new MetricStreamEntry(entry.Id.ToString(), batch));
            }
            else
            {
                _logger.LogWarning("Skipped entry {Position} of the metric stream: {Problem}", entry.Id.ToString(), problem);
            }
        }

        return page;
    }

    /// <summary>The newest position that the stream ever gave, trimmed or not.</summary>
    private async Task<StreamPosition> LastAsync()
    {
        if (!await Database.KeyExistsAsync(_options.Key))
        {
            return StreamPosition.Beginning;
        }

        StreamInfo info = await Database.StreamInfoAsync(_options.Key);
        return StreamPosition.Parse(info.LastGeneratedId.ToString());
    }

    /// <summary>Redis cannot hold a read back until there is something, not on a connection that many share.</summary>
    private async Task WaitAsync(Task ring, CancellationToken cancellationToken)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(ring, Task.Delay(_options.PollInterval, _time, awake.Token));
        await awake.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static MetricStreamUnavailableException Unavailable(string what, Exception exception) =>
        new($"Cannot {what} the metric stream in Redis: {exception.Message}", exception);
}
