using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.State;

/// <summary>Tells whoever listens what has changed. Publishing never waits; a slow listener gets fewer, merged events.</summary>
public sealed class ChangeBroadcaster
{
    private readonly ConcurrentDictionary<PendingChanges, byte> _subscribers = [];

    public void Publish(ChangeEvent change)
    {
        foreach (PendingChanges subscriber in _subscribers.Keys)
        {
            subscriber.Add(change);
        }
    }

    /// <summary>Everything that changes from now on, in lists that are never empty, until cancelled.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ChangeEvent>> SubscribeAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var pending = new PendingChanges();
        _subscribers[pending] = 0;
        try
        {
            while (true)
            {
                yield return await pending.TakeAsync(cancellationToken);
            }
        }
        finally
        {
            _subscribers.TryRemove(pending, out _);
        }
    }
}
