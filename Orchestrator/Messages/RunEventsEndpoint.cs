using Experiments.Contracts;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.Orchestrator.Messages;

/// <summary>
/// The policy of the queue of run events: one at a time, in the order of arrival. A failing event is retried for about a minute, then goes to the
/// error queue, and MassTransit logs it. An invalid one goes there without retries.
/// </summary>
internal static class RunEventsEndpoint
{
    private static readonly TimeSpan[] RetryDelays =
    [
        TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30),
    ];

    public const string Name = QueueNames.RunEvents;

    public static void Configure(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.UseDurableQuorumQueue();
        endpoint.PrefetchCount = 32;
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<BadMessageException>();
            retry.Intervals(RetryDelays);
        });
    }
}
