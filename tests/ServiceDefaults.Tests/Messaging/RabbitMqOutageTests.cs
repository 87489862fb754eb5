using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.ServiceDefaults.Messaging;
using Experiments.TestServers;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.ServiceDefaults.Tests.Messaging;

public sealed class RabbitMqOutageTests
{
    private const string Queue = "outage";

    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(6);
    private static readonly StopAttempt Message = new("run-1", 1, AttemptDirective.Cancel);

    [Fact]
    public async Task Start_BrokerIsDown_SaysSoAndComesUpWhenItDoes()
    {
        using var limit = new CancellationTokenSource(TestTimeout);
        await using PrivateRabbitMq broker = PrivateRabbitMq.Prepare();
        await using BusHost host = await BusHost.StartAsync(broker.ConnectionString, Record, limit.Token);
        await host.Log.WaitForAsync(message => message.StartsWith($"RabbitMQ at 127.0.0.1:{broker.Port} cannot be reached", StringComparison.Ordinal), limit.Token);
        HealthReportEntry down = await host.HealthAsync(MessageBus.RabbitMqHealthCheck, limit.Token);

        await broker.RestartAsync();
        await host.Log.WaitForAsync(message => message.StartsWith($"RabbitMQ at 127.0.0.1:{broker.Port} answers", StringComparison.Ordinal), limit.Token);

        // Messages sent before the consumer has bound its queue are lost.
        await host.UntilHealthyAsync(MessageBus.RabbitMqHealthCheck, limit.Token);
        await host.SendAsync(Queue, Message, limit.Token);

        Assert.Equal(HealthStatus.Unhealthy, down.Status);
        Assert.NotNull(down.Description);
        Assert.Equal(Message, await host.ReceiveAsync<StopAttempt>(limit.Token));
    }

    [Fact]
    public async Task Run_BrokerIsKilledAndComesBack_MessagesFlowAgain()
    {
        using var limit = new CancellationTokenSource(TestTimeout);
        await using PrivateRabbitMq broker = await PrivateRabbitMq.StartAsync();
        await using BusHost host = await BusHost.StartAndConnectAsync(broker.ConnectionString, Record, limit.Token);
        await host.SendAsync(Queue, Message, limit.Token);
        await host.ReceiveAsync<StopAttempt>(limit.Token);

        await broker.KillAsync();
        await host.Log.WaitForAsync(message => message.StartsWith("RabbitMQ at", StringComparison.Ordinal) && message.Contains("cannot be reached", StringComparison.Ordinal), limit.Token);
        await broker.RestartAsync();

        Assert.Equal(Message, await SendUntilReceivedAsync(host, limit.Token));
    }

    private static void Record(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<Recorder<StopAttempt>>().Endpoint(endpoint => endpoint.Name = Queue);
        bus.AddConfigureEndpointsCallback((_, endpoint) => endpoint.UseDurableQuorumQueue());
    }

    /// <summary>
    /// A killed broker may have lost the newest queues and bindings, so that messages sent before the consumer is back
    /// are lost: they are resent, as the Orchestrator does with its tickets.
    /// </summary>
    private static async Task<StopAttempt> SendUntilReceivedAsync(BusHost host, CancellationToken cancellationToken)
    {
        Task<StopAttempt> received = host.ReceiveAsync<StopAttempt>(cancellationToken);
        while (!received.IsCompleted)
        {
            try
            {
                await host.SendAsync(Queue, Message, cancellationToken);
            }
            catch (MassTransitException)
            {
                // Still unreachable.
            }

            await Task.WhenAny(received, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
        }

        return await received;
    }
}
