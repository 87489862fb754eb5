using System.Text.Json;
using MassTransit.Serialization;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>
/// Checks whether a message can be sent at all. Senders that retry indefinitely must call it first: a message that cannot be serialized, or that no broker
/// accepts, would be retried forever and block all later messages.
/// </summary>
public static class MessageCheck
{
    /// <summary>Bytes. RabbitMQ 4 accepts 16 MiB by default; the envelope of the message is small.</summary>
    public const int MostBytes = 12 * 1024 * 1024;

    /// <summary>Why the message can never be sent; null when it can.</summary>
    public static string? WhyUnsendable(object message)
    {
        try
        {
            int bytes = JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), SystemTextJsonMessageSerializer.Options).Length;
            return bytes <= MostBytes ? null : $"it takes {bytes:N0} bytes, more than the {MostBytes:N0} that brokers accept";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nothing is sent here, so any failure is due to the message.
            return $"it cannot be written as JSON: {exception.Message}";
        }
    }
}
