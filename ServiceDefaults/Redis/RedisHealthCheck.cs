using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Redis;

/// <summary>Pings the server, and names the server that does not answer.</summary>
/// <param name="connection">Called by the check and not before: creating the connection may fail.</param>
internal sealed class RedisHealthCheck(Func<IConnectionMultiplexer> connection) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            IConnectionMultiplexer redis = connection();
            if (!redis.IsConnected)
            {
                return Unhealthy(context, $"Redis at {redis.Addresses()} cannot be reached; trying again");
            }

            TimeSpan answered = await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy($"Redis at {redis.Addresses()} answered in {answered.TotalMilliseconds:0.0} ms");
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ServiceConfigurationException)
        {
            return Unhealthy(context, RedisOutage.Describe(exception), exception);
        }
    }

    private static HealthCheckResult Unhealthy(HealthCheckContext context, string description, Exception? exception = null) =>
        new(context.Registration.FailureStatus, description, exception);
}
