using Experiments.ServiceDefaults.Metrics;
using Experiments.TestServers;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Tests.Metrics;

/// <summary>Each test kills its own Redis.</summary>
public sealed class RedisMetricStreamOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(60);

    private readonly LogCollector _log = new();
    private readonly MetricStreamOptions _options = new() { PollInterval = TimeSpan.FromMilliseconds(100) };
    private readonly CancellationTokenSource _limit = new(TestTimeout);
    private PrivateRedis _redis = null!;
    private ConnectionMultiplexer _connection = null!;
    private RedisMetricStream _stream = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await PrivateRedis.StartAsync();
        _connection = await ConnectionMultiplexer.ConnectAsync($"{_redis.ConnectionString},abortConnect=false,asyncTimeout=1000");
        _stream = new RedisMetricStream(_connection, _options, TimeProvider.System, _log.For<RedisMetricStream>());
    }

    public async ValueTask DisposeAsync()
    {
        _stream.Dispose();
        await _connection.DisposeAsync();
        await _redis.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task Append_WhileRedisIsDown_FailsAndWorksAgainAfterwards()
    {
        await _stream.AppendAsync([TestBatches.Numbered(1)], _limit.Token);
        await _redis.KillAsync();

        await Assert.ThrowsAsync<MetricStreamUnavailableException>(() => _stream.AppendAsync([TestBatches.Numbered(2)], _limit.Token));

        await _redis.RestartAsync();
        await AppendUntilTakenAsync(2);
        Assert.Equal([1, 2], await ReadAsync(IMetricStream.Beginning, 2));
    }

    [Fact]
    public async Task Read_AcrossARestart_ContinuesWithoutLossOrRepetition()
    {
        var reader = new Reader(_stream, IMetricStream.Beginning, _limit.Token);
        await _stream.AppendAsync(TestBatches.Numbered(1, 3), _limit.Token);
        Assert.Equal([1, 2, 3], await reader.TakeAsync(3));

        await _redis.KillAsync();
        await _redis.RestartAsync();
        await AppendUntilTakenAsync(4);

        Assert.Equal([4], await reader.TakeAsync(1));
    }

    [Fact]
    public async Task Read_RedisComesBackEmpty_GivesWhatIsAppendedThen()
    {
        var reader = new Reader(_stream, IMetricStream.Beginning, _limit.Token);
        await _stream.AppendAsync(TestBatches.Numbered(1, 3), _limit.Token);
        Assert.Equal([1, 2, 3], await reader.TakeAsync(3));

        await _redis.RestartAsync(empty: true);
        await AppendUntilTakenAsync(4);

        Assert.Equal([4], await reader.TakeAsync(1));
    }

    [Fact]
    public async Task Read_RedisComesBackEmptyWithAClockThatIsBehind_StartsAgain()
    {
        var reader = new Reader(_stream, IMetricStream.Beginning, _limit.Token);
        await _connection.GetDatabase().StreamAddAsync(
            _options.Key, RedisStreamCursor.PayloadField, MetricBatchCodec.Encode(TestBatches.Numbered(1)), messageId: "90000000000000-0");
        Assert.Equal([1], await reader.TakeAsync(1));

        await _redis.RestartAsync(empty: true);
        await AppendUntilTakenAsync(2);

        Assert.Equal([2], await reader.TakeAsync(1));
    }

    [Fact]
    public async Task Read_RedisIsDownWhenTheReaderStarts_WaitsAndTellsOnce()
    {
        await _stream.AppendAsync([TestBatches.Numbered(1)], _limit.Token);
        await _redis.KillAsync();
        var reader = new Reader(_stream, IMetricStream.Beginning, _limit.Token);
        Task<IReadOnlyList<long>> read = reader.TakeAsync(1);
        await _log.WaitForAsync(message => message.StartsWith("The metric stream cannot be read", StringComparison.Ordinal), _limit.Token);

        await _redis.RestartAsync();

        Assert.Equal([1], await read);
        Assert.Single(_log.Messages(LogLevel.Warning));
        Assert.Contains("The metric stream can be read again", _log.Messages(LogLevel.Information));
    }

    private async Task<IReadOnlyList<long>> ReadAsync(string? after, int count) => await new Reader(_stream, after, _limit.Token).TakeAsync(count);

    /// <summary>Retries until the append is confirmed, as a worker does.</summary>
    private async Task AppendUntilTakenAsync(int number)
    {
        while (true)
        {
            try
            {
                await _stream.AppendAsync([TestBatches.Numbered(number)], _limit.Token);
                return;
            }
            catch (MetricStreamUnavailableException)
            {
                await Task.Delay(50, _limit.Token);
            }
        }
    }

    private sealed class Reader(IMetricStream stream, string? after, CancellationToken cancellationToken)
    {
        private readonly IAsyncEnumerator<IReadOnlyList<MetricStreamEntry>> _pages = stream.ReadAsync(after, cancellationToken).GetAsyncEnumerator(cancellationToken);
        private readonly Queue<long> _numbers = new();

        public async Task<IReadOnlyList<long>> TakeAsync(int count)
        {
            while (_numbers.Count < count && await _pages.MoveNextAsync())
            {
                foreach (MetricStreamEntry entry in _pages.Current)
                {
                    _numbers.Enqueue(TestBatches.NumberOf(entry.Batch));
                }
            }

            return Enumerable.Range(0, count).Select(_ => _numbers.Dequeue()).ToList();
        }
    }
}
