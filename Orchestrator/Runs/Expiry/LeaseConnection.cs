using MassTransit;

namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>Reports to <see cref="LeaseExpiry"/> whether the queue of heartbeats can be read.</summary>
internal sealed class LeaseConnection(LeaseExpiry expiry) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready) => Tell(isUp: true);

    public Task Stopping(ReceiveEndpointStopping stopping) => Tell(isUp: false);

    public Task Completed(ReceiveEndpointCompleted completed) => Tell(isUp: false);

    public Task Faulted(ReceiveEndpointFaulted faulted) => Tell(isUp: false);

    private Task Tell(bool isUp)
    {
        expiry.Connection(isUp);
        return Task.CompletedTask;
    }
}
