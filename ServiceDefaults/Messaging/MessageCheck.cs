using System.Text.Json;
using MassTransit.Serialization;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>
/// Tells beforehand whether a message can be sent at all. Whatever sends until it succeeds has to ask: a message that cannot be written, or that no broker
/// takes, would be tried for ever and hold up everything behind it.
/// </summary>
public static class MessageCheck
{
    /// <summary>Bytes. RabbitMQ 4 takes 16 MiB unless told otherwise; what travels with the message itself is small.</summary>
    public const int MostBytes = 12 * 1024 * 1024;

    /// <summary>Why the message can never be sent; null when it can.</summary>
    public static string? WhyUnsendable(object message)
    {
        try
        {
            int bytes = JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), SystemTextJsonMessageSerializer.Options).Length;
            return bytes <= MostBytes ? null : $"it takes {bytes:N0} bytes, more than the {MostBytes:N0} that brokers take";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Any failure to write it is the message's own: nothing is sent here.
            return $"it cannot be written as JSON: {exception.Message}";
        }
    }
}
