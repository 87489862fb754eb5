namespace Experiments.ServiceDefaults.Messaging;

/// <summary>Addresses for sending messages.</summary>
public static class MessageAddresses
{
    /// <summary>
    /// The address of the queue <paramref name="queueName"/> (see <see cref="Contracts.QueueNames"/>), by way of the exchange of
    /// that name. Sending to <c>queue:</c> would declare the queue with default arguments, which the broker refuses when it
    /// is a quorum queue. Works in memory too.
    /// </summary>
    public static Uri Exchange(string queueName) => new($"exchange:{queueName}");
}
