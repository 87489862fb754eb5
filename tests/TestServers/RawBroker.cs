using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Experiments.TestServers;

/// <summary>Sends raw bytes to any queue of a broker, bypassing the bus.</summary>
public sealed class RawBroker : IAsyncDisposable
{
    /// <summary>The content type of the bus's messages.</summary>
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
    /// <param name="queue">Sent through the exchange of that name, as the bus does.</param>
    public async Task SendAsync(string queue, ReadOnlyMemory<byte> body, string? contentType, CancellationToken cancellationToken) => await _channel.BasicPublishAsync(
        queue, routingKey: "", mandatory: false, new BasicProperties { ContentType = contentType, Persistent = true }, body, cancellationToken);

    /// <summary>The number of messages in a queue; 0 when it does not exist.</summary>
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
