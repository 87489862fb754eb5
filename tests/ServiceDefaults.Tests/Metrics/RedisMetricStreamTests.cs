using Experiments.ServiceDefaults.Metrics;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Tests.Metrics;

public sealed class RedisMetricStreamTests(RedisFixture fixture) : MetricStreamConformance, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _connections = [];
    private readonly LogCollector _log = new();

    protected override async Task<IMetricStream> CreateAsync()
    {
        // Every test has its own stream in the shared Redis.
        Options.Key = $"test:{Guid.NewGuid():N}";
        return await ConnectAsync();
    }

    [Fact]
    public async Task Append_InAnotherProcess_WakesAReaderBeforeItWouldLookByItself()
    {
        Options.PollInterval = TimeSpan.FromHours(1);
        IMetricStream writer = await CreateAsync();
        IMetricStream reader = await ConnectAsync();
        Task<List<MetricStreamEntry>> read = TakeAsync(reader, IMetricStream.Beginning, 1);

        for (int number = 1; !read.IsCompleted; number++)
        {
            await writer.AppendAsync([TestBatches.Numbered(number)], Cancelled);
        }

        Assert.Single(await read);
    }

    [Fact]
    public async Task Read_EntriesThatAreNoBatches_AreSkippedWithAWarning()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync([TestBatches.Numbered(1)], Cancelled);
        IDatabase database = await DatabaseAsync();
        await database.StreamAddAsync(Options.Key, RedisStreamCursor.PayloadField, new byte[] { 99, 1, 2, 3 });
        await database.StreamAddAsync(Options.Key, RedisStreamCursor.PayloadField, new byte[] { MetricBatchCodec.Version, 255, 255 });
        await database.StreamAddAsync(Options.Key, "other", "field");
        await stream.AppendAsync([TestBatches.Numbered(2)], Cancelled);

        List<MetricStreamEntry> entries = await TakeAsync(stream, IMetricStream.Beginning, 2);

        Assert.Equal([1, 2], Numbers(entries));
        Assert.Equal(3, _log.Messages(LogLevel.Warning).Count(message => message.StartsWith("Skipped entry", StringComparison.Ordinal)));
        Assert.Contains(_log.Messages(LogLevel.Warning), message => message.Contains("version 99", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_PageOfGarbageOnly_ContinuesAfterIt()
    {
        IMetricStream stream = await CreateAsync();
        IDatabase database = await DatabaseAsync();
        for (int i = 0; i < Options.PageSize * 2; i++)
        {
            await database.StreamAddAsync(Options.Key, RedisStreamCursor.PayloadField, "garbage");
        }

        await stream.AppendAsync([TestBatches.Numbered(1)], Cancelled);

        Assert.Equal([1], Numbers(await TakeAsync(stream, IMetricStream.Beginning, 1)));
    }

    [Fact]
    public async Task Append_KeyIsTakenByAnotherType_SaysSo()
    {
        IMetricStream stream = await CreateAsync();
        await (await DatabaseAsync()).StringSetAsync(Options.Key, "not a stream");

        var exception = await Assert.ThrowsAsync<MetricStreamUnavailableException>(
            () => stream.AppendAsync([TestBatches.Numbered(1)], Cancelled));

        Assert.Contains("WRONGTYPE", exception.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<RedisMetricStream> ConnectAsync() =>
        new(await MultiplexerAsync(), Options, Time, _log.For<RedisMetricStream>());

    private async Task<IDatabase> DatabaseAsync() => (await MultiplexerAsync()).GetDatabase();

    private async Task<ConnectionMultiplexer> MultiplexerAsync()
    {
        ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Redis.ConnectionString);
        _connections.Add(connection);
        return connection;
    }
}
