using System.Threading.Channels;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Tests.Messaging;

/// <summary>A host connected to the bus.</summary>
internal sealed class BusHost : IAsyncDisposable
{
    private readonly IHost _host;

    private BusHost(IHost host, LogCollector log) => (_host, Log) = (host, log);

    public LogCollector Log { get; }

    public IServiceProvider Services => _host.Services;

    public IBus Bus => Services.GetRequiredService<IBus>();

    /// <param name="rabbitMq">The connection string; null for in memory.</param>
    public static async Task<BusHost> StartAsync(
        string? rabbitMq, Action<IBusRegistrationConfigurator> configure, CancellationToken cancellationToken)
    {
        var log = new LogCollector();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:rabbitmq", rabbitMq)]);
        builder.Logging.AddProvider(log);
        builder.AddServiceDefaults();
        builder.AddMessageBus(configure);
        builder.Services.AddSingleton(typeof(Inbox<>));
        var host = new BusHost(builder.Build(), log);
        await host._host.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>Like <see cref="StartAsync"/>, but returns when the queues of the host's consumers exist, so that no message is lost.</summary>
    public static async Task<BusHost> StartAndConnectAsync(
        string? rabbitMq, Action<IBusRegistrationConfigurator> configure, CancellationToken cancellationToken)
    {
        BusHost host = await StartAsync(rabbitMq, configure, cancellationToken);
        await host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, cancellationToken);
        return host;
    }

    public async Task SendAsync(string queue, object message, CancellationToken cancellationToken)
    {
        ISendEndpoint endpoint = await Bus.GetSendEndpoint(MessageAddresses.Exchange(queue));
        await endpoint.Send(message, message.GetType(), cancellationToken);
    }

    /// <summary>The next message of a type that a <see cref="Recorder{T}"/> received.</summary>
    public async Task<T> ReceiveAsync<T>(CancellationToken cancellationToken)
        where T : class => await Services.GetRequiredService<Inbox<T>>().Messages.Reader.ReadAsync(cancellationToken);

    public async Task<HealthReportEntry> HealthAsync(string check, CancellationToken cancellationToken)
    {
        HealthReport report = await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken);
        return report.Entries[check];
    }

    /// <summary>Endpoints reconnect one by one, and a reconnected one delivers messages again.</summary>
    public async Task UntilHealthyAsync(string check, CancellationToken cancellationToken)
    {
        while ((await HealthAsync(check, cancellationToken)).Status != HealthStatus.Healthy)
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>The messages that a <see cref="Recorder{T}"/> received.</summary>
internal sealed class Inbox<T>
{
    public Channel<T> Messages { get; } = Channel.CreateUnbounded<T>();
}

/// <summary>Records the messages it receives.</summary>
internal sealed class Recorder<T>(Inbox<T> inbox) : IConsumer<T>
    where T : class
{
    public async Task Consume(ConsumeContext<T> context) => await inbox.Messages.Writer.WriteAsync(context.Message, context.CancellationToken);
}
