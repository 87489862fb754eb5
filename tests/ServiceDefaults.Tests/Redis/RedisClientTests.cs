using Experiments.ServiceDefaults.Redis;
using Experiments.ServiceDefaults.Tests.Hosting;
using Experiments.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Tests.Redis;

/// <summary>The settings are those that Aspire.StackExchange.Redis 13.5 documents.</summary>
public sealed class RedisClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ConnectionStrings:redis", "one:1111", "one", 1111)]
    [InlineData("Aspire:StackExchange:Redis:ConnectionString", "two:2222", "two", 2222)]
    [InlineData("Aspire:StackExchange:Redis:redis:ConnectionString", "three:3333", "three", 3333)]
    public void ReadOptions_ConnectionString_IsFoundUnderEachKey(string key, string value, string host, int port)
    {
        ConfigurationOptions options = Read((key, value));

        Assert.Equal(new System.Net.DnsEndPoint(host, port), Assert.Single(options.EndPoints));
    }

    [Fact]
    public void ReadOptions_SeveralConnectionStrings_TheMostSpecificWins()
    {
        ConfigurationOptions options = Read(
            ("Aspire:StackExchange:Redis:ConnectionString", "general:1"),
            ("Aspire:StackExchange:Redis:redis:ConnectionString", "named:2"),
            ("ConnectionStrings:redis", "given:3"));

        Assert.Equal("given:3", RedisAddresses.Describe(options.EndPoints));
    }

    [Fact]
    public void ReadOptions_ConfigurationOptions_AreBoundNamedOverGeneral()
    {
        ConfigurationOptions options = Read(
            ("ConnectionStrings:redis", "host:1"),
            ("Aspire:StackExchange:Redis:ConfigurationOptions:ConnectTimeout", "1234"),
            ("Aspire:StackExchange:Redis:ConfigurationOptions:ConnectRetry", "5"),
            ("Aspire:StackExchange:Redis:redis:ConfigurationOptions:ConnectRetry", "7"));

        Assert.Equal((1234, 7), (options.ConnectTimeout, options.ConnectRetry));
    }

    [Theory]
    [InlineData("host:1", false)]
    [InlineData("host:1,abortConnect=true", true)]
    public void ReadOptions_AbortOnConnectFail_OnlyWhenAsked(string connectionString, bool expected) =>
        Assert.Equal(expected, Read(("ConnectionStrings:redis", connectionString)).AbortOnConnectFail);

    [Theory]
    [InlineData("")]
    [InlineData("host:1,nonsense=1")]
    public void ReadOptions_NoAddress_SaysWhichSettingIsWrong(string connectionString)
    {
        var exception = Assert.Throws<ServiceConfigurationException>(() => Read(("ConnectionStrings:redis", connectionString)));

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
        Assert.DoesNotContain(log.Messages(LogLevel.Warning), message => message.Contains("secret", StringComparison.Ordinal));

        await redis.RestartAsync();
        await log.WaitForAsync(message => message.EndsWith("answers again", StringComparison.Ordinal), limit.Token);

        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host, limit.Token)).Status);
    }

    private static ConfigurationOptions Read(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(Pairs(settings)).Build();
        RedisClientSettings redis = RedisClient.ReadSettings(configuration, "redis");
        return new RedisConnectionFactory(configuration, "redis", redis, null).ReadOptions();
    }

    private static IHost Build(LogCollector log, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(Pairs(settings));
        builder.Logging.AddProvider(log);
        builder.AddRedisClient("redis");
        builder.AddRedisClient("redis");
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
