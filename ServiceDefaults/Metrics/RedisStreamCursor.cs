using Experiments.Contracts.Metrics;
using Experiments.ServiceDefaults.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>One reader's position in the Redis stream.</summary>
/// <param name="after">The same as in <see cref="IMetricStream.ReadAsync"/>.</param>
internal sealed class RedisStreamCursor(IConnectionMultiplexer redis, MetricStreamOptions options, ILogger logger, string? after)
{
    /// <summary>The field of an entry that holds the batch.</summary>
    public const string PayloadField = "b";

    private readonly RedisOutage _outage = new(logger);

    /// <summary>Null until the end of the stream is known.</summary>
    private StreamPosition? _position = after is null ? null : StreamPosition.Parse(after);

    private IDatabase Database => redis.GetDatabase();

    /// <summary>The next page, which is empty when none of its entries can be read; null when there are no new entries.</summary>
    public async Task<IReadOnlyList<MetricStreamEntry>?> NextAsync()
    {
        try
        {
            _position ??= await LastAsync();
            IReadOnlyList<MetricStreamEntry>? page = await ReadAfterAsync(_position.Value);
            _outage.End();
            return page;
        }
        catch (Exception exception) when (RedisOutage.Is(exception))
        {
            _outage.Begin(exception);
            return null;
        }
    }

    private async Task<IReadOnlyList<MetricStreamEntry>?> ReadAfterAsync(StreamPosition position)
    {
        StreamEntry[] entries = await Database.StreamReadAsync(options.Key, position.ToString(), options.PageSize);
        if (entries.Length > 0)
        {
            _position = StreamPosition.Parse(entries[^1].Id.ToString());
            return Decode(entries);
        }

        if (position > await LastAsync())
        {
            // Redis lost the stream and its clock is behind: no entry would ever follow this position.
            _position = StreamPosition.Beginning;
        }

        return null;
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
                logger.LogWarning("Skipped entry {Position} of the metric stream: {Problem}", entry.Id.ToString(), problem);
            }
        }

        return page;
    }

    /// <summary>The newest position that the stream ever assigned, trimmed or not.</summary>
    private async Task<StreamPosition> LastAsync()
    {
        if (!await Database.KeyExistsAsync(options.Key))
        {
            return StreamPosition.Beginning;
        }

        StreamInfo info = await Database.StreamInfoAsync(options.Key);
        return StreamPosition.Parse(info.LastGeneratedId.ToString());
    }
}
