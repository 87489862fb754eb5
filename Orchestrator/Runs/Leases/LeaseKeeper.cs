using Experiments.Contracts;
using Experiments.Orchestrator.Runs.Attempts;
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

    /// <summary>
    /// Of a lease: whoever is silent for so long has ended or is lost, since a worker renews its lease until the broker has its report. Which of
    /// both is known once that report, if there is one, has been taken in.
    /// </summary>
    private const double Suspicious = 2 / 3.0;

    private bool _wasDeaf = true;

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
            logger.LogInformation("Leases were not looked at for {Seconds:0} s: this process stood still, or the broker did; all begin anew", elapsed.TotalSeconds);
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

        TimeSpan suspicious = options.Value.Duration * Suspicious;
        if (leases.SilentFor(suspicious).Any(lease => !marks.HavePassed(lease.RenewedAt, suspicious)))
        {
            await marks.SendAsync(cancellationToken);
        }

        foreach (Lease lease in leases.SilentFor(options.Value.Duration).Where(lease => marks.HavePassed(lease.RenewedAt, suspicious)))
        {
            await lost.LoseAsync(lease, options.Value.Duration, cancellationToken);
        }
    }

    private bool CanHear() => intake.Works && bus.CheckHealth().Endpoints.Any(endpoint =>
        endpoint.Key.EndsWith(QueueNames.Leases, StringComparison.Ordinal) && endpoint.Value.Status == BusHealthStatus.Healthy);
}
