using Experiments.Contracts;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Runs;

/// <summary>Finds leases that have run out, and gives their runs another attempt.</summary>
public sealed class LeaseKeeper(
    LeaseTable leases,
    AttemptEnds ends,
    IBusControl bus,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<LeaseKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool _wasDeaf = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Checking leases failed; trying again in {Interval}", Interval);
            }
        }
    }

    /// <summary>While heartbeats cannot arrive, silence says nothing about workers: no lease ends, and then each begins anew.</summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        bool isDeaf = !CanHear();
        if (isDeaf || _wasDeaf)
        {
            leases.RenewAll();
            _wasDeaf = isDeaf;
            return;
        }

        foreach (Lease lease in leases.Expired())
        {
            await ends.LoseAsync(lease, options.Value.Duration, cancellationToken);
        }
    }

    private bool CanHear() => bus.CheckHealth().Endpoints.Any(endpoint =>
        endpoint.Key.EndsWith(QueueNames.Leases, StringComparison.Ordinal) && endpoint.Value.Status == BusHealthStatus.Healthy);
}
