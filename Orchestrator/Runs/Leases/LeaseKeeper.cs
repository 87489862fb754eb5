using Experiments.Contracts;
using Experiments.Orchestrator.Runs.Attempts;
using Experiments.Orchestrator.State;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Runs.Leases;

/// <summary>Finds leases that have run out, and gives their runs another attempt.</summary>
public sealed class LeaseKeeper(
    LeaseTable leases,
    LostLeases lost,
    ReportIntake intake,
    ReportMarks marks,
    IBusControl bus,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<LeaseKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Of a lease: with the time since the last heartbeat, a longer one would end it.</summary>
    private const double LongestPause = 2 / 3.0;

    private bool _wasDeaf = true;
    private int _waiting;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        long lastCheck = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            bool stoodStill = StoodStill(time.GetElapsedTime(lastCheck));
            lastCheck = time.GetTimestamp();
            try
            {
                await CheckAsync(CanHear() && !stoodStill, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Checking leases failed; trying again in {Interval}", Interval);
            }
        }
    }

    /// <summary>
    /// A process that was frozen, or its machine, has heard nobody: what came meanwhile has yet to be read, and Standalone's worker was frozen with it.
    /// </summary>
    private bool StoodStill(TimeSpan elapsed)
    {
        bool stoodStill = elapsed > Interval + (options.Value.Duration * LongestPause);
        if (stoodStill)
        {
            logger.LogInformation("This process stood still for {Seconds:0} s; all leases begin anew", elapsed.TotalSeconds);
        }

        return stoodStill;
    }

    /// <summary>While heartbeats cannot arrive or reports cannot be taken in, silence says nothing about workers: no lease ends, and then each begins anew.</summary>
    internal async Task CheckAsync(bool canHear, CancellationToken cancellationToken)
    {
        if (!canHear || _wasDeaf)
        {
            leases.RenewAll();
            _wasDeaf = !canHear;
            return;
        }

        IReadOnlyList<Lease> silent = leases.SilentFor(options.Value.Duration);
        if (!silent.All(HasReportedAll))
        {
            marks.Send(cancellationToken);
        }

        TellOfWaiting(silent.Count(lease => !HasReportedAll(lease)));
        foreach (Lease lease in silent.Where(HasReportedAll))
        {
            await lost.LoseAsync(lease, options.Value.Duration, cancellationToken);
        }
    }

    /// <summary>A worker renews its lease until the broker has its report of the end: silent is who has ended, or is lost. Which, its reports tell.</summary>
    private bool HasReportedAll(Lease lease) => marks.HavePassed(lease.RenewedAt, options.Value.Duration);

    private void TellOfWaiting(int count)
    {
        // A mark takes moments: only who waits for it at two looks in a row is worth a word.
        if (count > 0 && _waiting == 1)
        {
            logger.LogWarning("{Count} leases are over; they end once the reports that were sent before have been taken in", count);
        }

        _waiting = count > 0 ? _waiting + 1 : 0;
    }

    private bool CanHear() => intake.Works && bus.CheckHealth().Endpoints.Any(endpoint =>
        endpoint.Key.EndsWith(QueueNames.Leases, StringComparison.Ordinal) && endpoint.Value.Status == BusHealthStatus.Healthy);
}
