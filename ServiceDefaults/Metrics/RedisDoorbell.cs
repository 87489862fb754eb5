using Experiments.ServiceDefaults.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>A doorbell that rings in every process. Rings may be lost: they only shorten the wait and carry no data.</summary>
internal sealed class RedisDoorbell(IConnectionMultiplexer redis, RedisChannel channel, ILogger logger) : IDisposable
{
    private readonly Doorbell _bell = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private volatile bool _connected;

    public Task Next => _bell.Next;

    public void Ring() => redis.GetDatabase().Publish(channel, RedisValue.EmptyString, CommandFlags.FireAndForget);

    /// <summary>Subscribes unless already subscribed; the client renews the subscription after an outage.</summary>
    public async Task ConnectAsync()
    {
        if (_connected || !redis.IsConnected)
        {
            return;
        }

        await _connecting.WaitAsync();
        try
        {
            if (!_connected)
            {
                await redis.GetSubscriber().SubscribeAsync(channel, (_, _) => _bell.Ring());
                _connected = true;
            }
        }
        catch (Exception exception) when (RedisOutage.Is(exception))
        {
            logger.LogDebug("The metric stream's doorbell is not available yet ({Problem}); readers poll instead", exception.Message);
        }
        finally
        {
            _connecting.Release();
        }
    }

    public void Dispose() => _connecting.Dispose();
}
