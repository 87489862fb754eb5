using System.Reflection;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.ServiceDefaults.Tests.Messaging;

public sealed class BrokerWatchTests
{
    /// <summary>Simulates a RabbitMQ 3.10 that was killed: it accepts connections, but one of its quorum queues never elects a leader.</summary>
    [Fact]
    public async Task Watch_BrokerAnswersButAQueueDoesNot_NamesTheQueueOnceAndSaysWhenItIsBack()
    {
        var time = new FakeTimeProvider();
        IBusControl bus = DispatchProxy.Create<IBusControl, BusOfHealth>();
        var health = (BusOfHealth)(object)bus;
        using var log = new LogCollector();
        using var watch = new BrokerWatch(bus, new BrokerState(), "broker:5672", _ => Task.FromResult(true), time, log.For<BrokerWatch>());

        health.RunEvents = BusHealthStatus.Unhealthy;
        await AdvanceAsync(watch, time, seconds: 60);
        string problem = Assert.Single(log.Messages(LogLevel.Error));
        health.RunEvents = BusHealthStatus.Healthy;
        await AdvanceAsync(watch, time, seconds: 5);

        Assert.Contains("its queues run-events have not", problem, StringComparison.Ordinal);
        Assert.Empty(log.Messages(LogLevel.Warning));
        Assert.Equal("RabbitMQ at broker:5672 answers", Assert.Single(log.Messages(LogLevel.Information)));
    }

    /// <summary>A bus reports an endpoint as healthy for a while after its broker has died.</summary>
    [Theory]
    [InlineData(BusHealthStatus.Unhealthy)]
    [InlineData(BusHealthStatus.Healthy)]
    public async Task Watch_NothingAnswers_SaysThatTheBrokerCannotBeReached(BusHealthStatus other)
    {
        var time = new FakeTimeProvider();
        IBusControl bus = DispatchProxy.Create<IBusControl, BusOfHealth>();
        var health = (BusOfHealth)(object)bus;
        (health.RunEvents, health.Leases) = (BusHealthStatus.Unhealthy, other);
        using var log = new LogCollector();
        using var watch = new BrokerWatch(bus, new BrokerState(), "broker:5672", _ => Task.FromResult(false), time, log.For<BrokerWatch>());

        await AdvanceAsync(watch, time, seconds: 60);

        Assert.StartsWith("RabbitMQ at broker:5672 cannot be reached", Assert.Single(log.Messages(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Empty(log.Messages(LogLevel.Error));
    }

    private static async Task AdvanceAsync(BrokerWatch watch, FakeTimeProvider time, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await watch.LookAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A bus that only reports the health of two endpoints.</summary>
    public class BusOfHealth : DispatchProxy
    {
        internal BusHealthStatus RunEvents { get; set; } = BusHealthStatus.Healthy;

        internal BusHealthStatus Leases { get; set; } = BusHealthStatus.Healthy;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name == nameof(IBusControl.CheckHealth)
            ? Health()
            : throw new NotSupportedException(targetMethod?.Name);

        private BusHealthResult Health()
        {
            var endpoints = new Dictionary<string, EndpointHealthResult> { ["run-events"] = Endpoint("run-events", RunEvents), ["leases"] = Endpoint("leases", Leases) };
            return RunEvents == BusHealthStatus.Healthy && Leases == BusHealthStatus.Healthy
                ? BusHealthResult.Healthy("well", endpoints)
                : BusHealthResult.Unhealthy("not well", null!, endpoints);
        }

        private static EndpointHealthResult Endpoint(string queue, BusHealthStatus status)
        {
            IReceiveEndpoint endpoint = Create<IReceiveEndpoint, NamedEndpoint>();
            ((NamedEndpoint)(object)endpoint).Queue = queue;
            return status == BusHealthStatus.Healthy ? EndpointHealthResult.Healthy(endpoint, "well") : EndpointHealthResult.Unhealthy(endpoint, "not well", null!);
        }
    }

    public class NamedEndpoint : DispatchProxy
    {
        internal string Queue { get; set; } = "";

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name == $"get_{nameof(IReceiveEndpoint.InputAddress)}"
            ? new Uri($"rabbitmq://broker/{Queue}")
            : throw new NotSupportedException(targetMethod?.Name);
    }
}
