using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Experiments.TestServers;

/// <summary>Speaks with a broker below the bus: whatever bytes, to whatever queue.</summary>
public sealed class RawBroker : IAsyncDisposable
{
    /// <summary>What the bus's own messages are marked with.</summary>
    public const string BusContentType = "application/vnd.masstransit+json";

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private RawBroker(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<RawBroker> ConnectAsync(string connectionString, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(connectionString) };
        IConnection connection = await factory.CreateConnectionAsync(cancellationToken);
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        return new RawBroker(connection, await connection.CreateChannelAsync(confirmed, cancellationToken));
    }

    /// <summary>Returns when the broker has it.</summary>
    /// <param name="queue">By way of the exchange of that name, as the bus sends.</param>
    public async Task SendAsync(string queue, ReadOnlyMemory<byte> body, string? contentType, CancellationToken cancellationToken) => await _channel.BasicPublishAsync(
        queue, routingKey: "", mandatory: false, new BasicProperties { ContentType = contentType, Persistent = true }, body, cancellationToken);

    /// <summary>How many messages wait in a queue; 0 when it is not there.</summary>
    public async Task<uint> CountAsync(string queue, CancellationToken cancellationToken)
    {
        // A refused declaration closes its channel.
        await using IChannel channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
        }
        catch (OperationInterruptedException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
