using Experiments.ServiceDefaults.Hosting;
using Experiments.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Tests.Redis;

/// <summary>Our additions to Aspire.StackExchange.Redis.</summary>
public sealed class RedisClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1:1,connectTimeout=100", false)]
    [InlineData("127.0.0.1:1,connectTimeout=100,abortConnect=true", true)]
    public void Connect_ServerIsDown_GivesUpOnlyWhenAsked(string connectionString, bool givesUp)
    {
        using IHost host = Build(new LogCollector(), ("ConnectionStrings:redis", connectionString));

        Exception? exception = Record.Exception(() => host.Services.GetRequiredService<IConnectionMultiplexer>());

        Assert.Equal(givesUp, exception is RedisConnectionException);
    }

    [Theory]
    [InlineData("")]
    [InlineData("host:1,nonsense=1")]
    public void Connect_NoAddress_SaysWhichSettingIsWrong(string connectionString)
    {
        using IHost host = Build(new LogCollector(), ("ConnectionStrings:redis", connectionString));

        var exception = Assert.Throws<ServiceConfigurationException>(host.Services.GetRequiredService<IConnectionMultiplexer>);

        Assert.Contains("ConnectionStrings:redis", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", 1)]
    [InlineData("true", 0)]
    public void AddRedisClient_DisableHealthChecks_IsHeeded(string value, int checks)
    {
        using IHost host = Build(new LogCollector(), ("ConnectionStrings:redis", "host:1"), ("Aspire:StackExchange:Redis:DisableHealthChecks", value));

        var options = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HealthCheckServiceOptions>>().Value;

        Assert.Equal(checks, options.Registrations.Count(check => check.Name == RedisClient.HealthCheck));
    }

    [Fact]
    public async Task Connect_RedisIsDown_SaysSoAndComesUpWhenItDoes()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var log = new LogCollector();
        await using PrivateRedis redis = PrivateRedis.Prepare();
        using IHost host = Build(log, ("ConnectionStrings:redis", $"{redis.ConnectionString},connectTimeout=1000,password=secret"));

        HealthReportEntry down = await HealthAsync(host, limit.Token);
        Assert.Equal(HealthStatus.Unhealthy, down.Status);
        Assert.Contains($"Redis at 127.0.0.1:{redis.Port} cannot be reached", down.Description, StringComparison.Ordinal);
        Assert.Contains(log.Messages(LogLevel.Warning), message => message.StartsWith($"Redis at 127.0.0.1:{redis.Port} cannot be reached", StringComparison.Ordinal));
        await HealthAsync(host, limit.Token);
        Assert.Single(log.Messages(LogLevel.Warning));
        Assert.DoesNotContain(log.Messages(LogLevel.Warning), message => message.Contains("secret", StringComparison.Ordinal));

        await redis.RestartAsync();
        await log.WaitForAsync(message => message.EndsWith("answers again", StringComparison.Ordinal), limit.Token);

        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host, limit.Token)).Status);
    }

    private static IHost Build(LogCollector log, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(Pairs(settings));
        builder.Logging.AddProvider(log);
        builder.AddRedis("redis");
        builder.AddRedis("redis");
        return builder.Build();
    }

    private static async Task<HealthReportEntry> HealthAsync(IHost host, CancellationToken cancellationToken)
    {
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken);
        return report.Entries[RedisClient.HealthCheck];
    }

    private static IEnumerable<KeyValuePair<string, string?>> Pairs((string Key, string Value)[] settings) =>
        settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value));
}
