using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Experiments.ServiceDefaults.Tests.Messaging;

public sealed class RabbitMqBusTests(RabbitMqFixture fixture) : MessageBusConformance
{
    protected override string ConnectionString => fixture.Broker.ConnectionString;

    protected override string HealthCheckName => MessageBus.RabbitMqHealthCheck;

    [Fact]
    public async Task UseDurableQuorumQueue_OnRabbitMq_DeclaresOne()
    {
        await using BusHost host = await BusHost.StartAndConnectAsync(ConnectionString, Record<StopAttempt>, Limit);
        await host.SendAsync(Queue, new StopAttempt("run-1", 1, AttemptDirective.Cancel), Limit);
        await host.ReceiveAsync<StopAttempt>(Limit);

        // The broker refuses a second declaration that differs, and says in what.
        var refusal = await Assert.ThrowsAsync<OperationInterruptedException>(() => DeclareClassicAsync(Queue));

        Assert.Contains("inequivalent arg 'x-queue-type'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("current is the value 'quorum'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_TicketBeforeAnyWorkerWasThere_WaitsForOne()
    {
        var ticket = new RunTicket("sweep-1", $"run-{Guid.NewGuid():N}", 0, new EpochRange(0, 5));
        await using (BusHost orchestrator = await BusHost.StartAndConnectAsync(ConnectionString, _ => { }, Limit))
        {
            await orchestrator.SendAsync(QueueNames.RunTickets, ticket, Limit);
        }

        await using BusHost worker = await BusHost.StartAndConnectAsync(ConnectionString, RecordTickets, Limit);

        Assert.Equal(ticket, await worker.ReceiveAsync<RunTicket>(Limit));
    }

    [Fact]
    public async Task SendToQueue_UndeclaredQueue_FailsInsteadOfLosingTheMessage()
    {
        var message = new StopAttempt("run-1", 1, AttemptDirective.Cancel);
        await using BusHost sender = await BusHost.StartAndConnectAsync(ConnectionString, _ => { }, Limit);
        ISendEndpoint endpoint = await sender.Bus.GetSendEndpoint(MessageAddresses.Exchange(Queue));

        await Assert.ThrowsAnyAsync<Exception>(() => endpoint.SendToQueueAsync(message, Limit));

        await using BusHost receiver = await BusHost.StartAndConnectAsync(
            ConnectionString, bus => bus.AddConsumer<Recorder<StopAttempt>>().Endpoint(consumer => consumer.Name = Queue), Limit);
        await endpoint.SendToQueueAsync(message, Limit);
        Assert.Equal(message, await receiver.ReceiveAsync<StopAttempt>(Limit));
    }

    private static void RecordTickets(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<Recorder<RunTicket>>().Endpoint(endpoint => endpoint.Name = QueueNames.RunTickets);
        bus.AddConfigureEndpointsCallback((_, endpoint) => endpoint.UseDurableQuorumQueue());
    }

    private async Task DeclareClassicAsync(string queue)
    {
        var factory = new ConnectionFactory { Uri = new Uri(ConnectionString) };
        await using IConnection connection = await factory.CreateConnectionAsync(Limit);
        await using IChannel channel = await connection.CreateChannelAsync(cancellationToken: Limit);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Limit);
    }
}
