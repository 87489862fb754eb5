using System.Diagnostics;
using Experiments.Contracts;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Telemetry;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>
/// Knows how far reports have been taken in: their queue is read in order, so when a mark comes out of it, so has everything that was sent before.
/// An attempt whose report is still in there has ended, however silent its worker is.
/// </summary>
public sealed class ReportMarks(IBus bus, TimeProvider time, ILogger<ReportMarks> logger)
{
    /// <summary>A mark that takes longer may be lost, as in a broker that was wiped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>For a broker that does not confirm, as when a queue has no leader: marks must not pile up meanwhile.</summary>
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(30);

    private readonly string _process = Guid.NewGuid().ToString("N");
    private readonly Lock _gate = new();
    private Task _sending = Task.CompletedTask;
    private long? _sentAt;
    private long? _passedAt;

    /// <summary>Whether everything that was reported before <paramref name="silence"/> had passed since <paramref name="timestamp"/> has been taken in.</summary>
    public bool HavePassed(long timestamp, TimeSpan silence)
    {
        lock (_gate)
        {
            return _passedAt is { } passed && time.GetElapsedTime(timestamp, passed) > silence;
        }
    }

    /// <summary>Sends a mark, unless one is under way, and does not wait for it: whoever asks has other things to look after.</summary>
    public void Send(CancellationToken cancellationToken)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            if (_sentAt is { } sent && time.GetElapsedTime(sent, now) is var age
                && ((!_sending.IsCompleted && age < LongestSend) || (!(_passedAt >= sent) && age < Patience)))
            {
                return;
            }

            _sentAt = now;
        }

        _sending = SendAsync(now, cancellationToken);
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

    private async Task SendAsync(long now, CancellationToken cancellationToken)
    {
        using Activity? activity = RoutineActivity.Start("report mark");
        try
        {
            ISendEndpoint queue = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunEvents));
            await queue.Send(new ReportMark(_process, now), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "No mark could be sent behind the reports; no lease ends until one is");
        }
    }
}
