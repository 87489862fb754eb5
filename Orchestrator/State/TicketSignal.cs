using System.Threading.Channels;

namespace Experiments.Orchestrator.State;

/// <summary>Wakes the dispatcher, and remembers whether tickets still lead to claims.</summary>
public sealed class TicketSignal
{
    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool _claimed;

    /// <summary>There are runs without a ticket.</summary>
    public void Wanted() => _wanted.Writer.TryWrite(true);

    /// <summary>A ticket has reached a worker.</summary>
    public void Claimed() => _claimed = true;

    /// <summary>True when a ticket has reached a worker since the last call.</summary>
    internal bool TakeClaimed()
    {
        bool claimed = _claimed;
        _claimed = false;
        return claimed;
    }

    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _wanted.Reader.ReadAsync(cancellationToken);
    }
}
