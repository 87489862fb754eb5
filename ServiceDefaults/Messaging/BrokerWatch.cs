using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>Says in one line when the broker cannot be reached, and in another when it answers.</summary>
/// <param name="address">Of the broker, without user and password.</param>
internal sealed class BrokerWatch(IBusControl bus, BrokerState state, string address, TimeProvider time, ILogger<BrokerWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A bus takes a moment to connect; that is no outage.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        DateTimeOffset lastUp = time.GetUtcNow();
        bool? reportedUp = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            bool up = bus.CheckHealth().Status == BusHealthStatus.Healthy;
            state.IsUp = up;
            lastUp = up ? time.GetUtcNow() : lastUp;
            if (up && reportedUp != true)
            {
                reportedUp = true;
                logger.LogInformation("RabbitMQ at {Address} answers", address);
            }
            else if (!up && reportedUp != false && time.GetUtcNow() - lastUp >= Grace)
            {
                reportedUp = false;
                logger.LogWarning("RabbitMQ at {Address} cannot be reached; trying again until it answers", address);
            }
        }
    }
}
