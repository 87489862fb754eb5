using System.Threading.Channels;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Orchestrator.Tests.Support;

/// <summary>Receives the messages to workers: tickets and stop notices.</summary>
public sealed class TicketBox
{
    private readonly Channel<RunTicket> _tickets = Channel.CreateUnbounded<RunTicket>();
    private readonly Channel<StopAttempt> _stops = Channel.CreateUnbounded<StopAttempt>();

    /// <summary>The number of tickets received and not taken.</summary>
    public int Count => _tickets.Reader.Count;

    public ValueTask<RunTicket> TakeAsync() => _tickets.Reader.ReadAsync(TestTimeout.Token);

    public ValueTask<StopAttempt> TakeStopAsync() => _stops.Reader.ReadAsync(TestTimeout.Token);

    public void AddTo(IBusRegistrationConfigurator bus)
    {
        bus.AddSingleton(this);
        bus.AddConsumer<TicketConsumer, TicketConsumerDefinition>();
        bus.AddConsumer<StopConsumer>();
    }

    private sealed class TicketConsumer(TicketBox box) : IConsumer<RunTicket>
    {
        public async Task Consume(ConsumeContext<RunTicket> context) => await box._tickets.Writer.WriteAsync(context.Message);
    }

    private sealed class TicketConsumerDefinition : ConsumerDefinition<TicketConsumer>
    {
        public TicketConsumerDefinition() => EndpointName = QueueNames.RunTickets;
    }

    private sealed class StopConsumer(TicketBox box) : IConsumer<StopAttempt>
    {
        public async Task Consume(ConsumeContext<StopAttempt> context) => await box._stops.Writer.WriteAsync(context.Message);
    }
}
