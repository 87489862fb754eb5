using Experiments.Contracts;
using Experiments.ServiceDefaults;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>
/// Knows how far reports have been taken in: their queue is read in order, so when a mark comes out of it, so has everything that was sent before.
/// An attempt whose report is still in there has ended, however silent its worker is.
/// </summary>
public sealed class ReportMarks(IBus bus, TimeProvider time)
{
    /// <summary>A mark that takes longer may be lost, as in a broker that was wiped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly string _process = Guid.NewGuid().ToString("N");
    private readonly Lock _gate = new();
    private long? _sentAt;
    private long? _passedAt;

    /// <summary>Whether everything that was reported before <paramref name="silence"/> had passed since <paramref name="timestamp"/> has been taken in.</summary>
    public bool HavePassed(long timestamp, TimeSpan silence)
    {
        lock (_gate)
        {
            return _passedAt is { } passed && time.GetElapsedTime(timestamp, passed) >= silence;
        }
    }

    /// <summary>Sends a mark, unless one is under way.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            bool isUnderWay = _sentAt is { } sent && !(_passedAt >= sent) && time.GetElapsedTime(sent, now) < Patience;
            if (isUnderWay)
            {
                return;
            }

            _sentAt = now;
        }

        ISendEndpoint queue = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunEvents));
        await queue.Send(new ReportMark(_process, now), cancellationToken);
    }

    /// <summary>A mark has come out of the queue; one of an earlier process, or of nobody's, says nothing.</summary>
    public void Pass(ReportMark mark)
    {
        lock (_gate)
        {
            if (mark.Process == _process && mark.SentAt <= _sentAt && !(_passedAt >= mark.SentAt))
            {
                _passedAt = mark.SentAt;
            }
        }
    }
}
