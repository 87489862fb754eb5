using System.Diagnostics;
using Experiments.Contracts;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.State;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Telemetry;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Runs.Leases;

/// <summary>Runs the checks of <see cref="LeaseExpiry"/> and applies their decisions: ends leases, sends marks, logs why leases wait.</summary>
public sealed class LeaseKeeper(
    LeaseTable leases,
    LeaseExpiry expiry,
    LostLeases lost,
    IBus bus,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<LeaseKeeper> logger) : BackgroundService
{
    /// <summary>How many leases a warning names.</summary>
    private const int MostNamed = 5;

    private readonly HashSet<LeaseObstacle> _told = [];
    private int _checksWaiting;

    /// <summary>Checks all leases once.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        LeaseCheck check = expiry.Check(leases.All());
        if (check.Mark is { } mark)
        {
            // Not awaited: a broker that does not confirm must not hold up the checks.
            _ = SendAsync(mark, cancellationToken);
        }

        Tell(check);
        foreach (Lease lease in check.Ending)
        {
            await lost.LoseAsync(lease, options.Value.Duration, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LeaseExpiry.CheckInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Checking leases failed; retrying in {Interval}", LeaseExpiry.CheckInterval);
            }
        }
    }

    /// <summary>Warns once per obstacle, and only when leases still wait on the second consecutive check: a mark takes a moment.</summary>
    private void Tell(LeaseCheck check)
    {
        _checksWaiting = check.Waiting.Count > 0 ? _checksWaiting + 1 : 0;
        if (check.Obstacle is not { } obstacle)
        {
            _told.Clear();
        }
        else if ((_checksWaiting > 1 || obstacle == LeaseObstacle.StoodStill) && _told.Add(obstacle))
        {
            logger.LogWarning(
                "{Count} leases have expired and do not end yet: {Reason}. {Leases}",
                check.Waiting.Count, obstacle.Describe(), string.Join("; ", check.Waiting.Take(MostNamed).Select(Name)));
        }
    }

    private static string Name(Lease lease) => $"run {lease.RunId}, attempt {lease.Attempt} on {lease.WorkerId}";

    private async Task SendAsync(ReportMark mark, CancellationToken cancellationToken)
    {
        using Activity? activity = RoutineActivity.Start("report mark");
        try
        {
            ISendEndpoint queue = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunEvents));
            await queue.Send(mark, cancellationToken);
            expiry.MarkSent(mark, isConfirmed: true);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            expiry.MarkSent(mark, isConfirmed: false);
            logger.LogWarning(exception, "No mark could be sent behind the reports; no lease ends until one is");
        }
    }
}
