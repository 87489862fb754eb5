using Experiments.ServiceDefaults.Tests.Metrics;
using Experiments.TestServers;

[assembly: AssemblyFixture(typeof(RedisFixture))]

namespace Experiments.ServiceDefaults.Tests.Metrics;

/// <summary>One Redis for all tests that do not stop it.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private PrivateRedis? _redis;

    public PrivateRedis Redis => _redis ?? throw new InvalidOperationException("Redis was not started");

    public async ValueTask InitializeAsync() => _redis = await PrivateRedis.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }
}
