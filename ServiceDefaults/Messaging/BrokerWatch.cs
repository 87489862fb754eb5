using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>
/// Logs one line when the broker becomes unreachable, one when it answers again, and one when it answers but some of its queues do not:
/// publishers and consumers of a quorum queue without a leader wait forever, without an error.
/// </summary>
/// <param name="address">The address of the broker, without user and password.</param>
/// <param name="answersAsync">Whether the broker accepts connections now.</param>
internal sealed class BrokerWatch(
    IBusControl bus, BrokerState state, string address, Func<CancellationToken, Task<bool>> answersAsync, TimeProvider time, ILogger<BrokerWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The time that a bus needs to connect; shorter delays are not an outage.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>The election of a leader takes seconds on a busy machine.</summary>
    private static readonly TimeSpan LongestElection = TimeSpan.FromSeconds(20);

    private DateTimeOffset _lastUp = time.GetUtcNow();
    private bool? _reportedUp;
    private bool _reportedStuck;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        BusHealthResult health = bus.CheckHealth();
        bool up = health.Status == BusHealthStatus.Healthy;
        state.IsUp = up;
        TimeSpan down = time.GetUtcNow() - _lastUp;
        if (up)
        {
            ReportUp();
        }
        else if (down < Grace || (_reportedUp == false && _reportedStuck))
        {
            // Not long enough yet, or already logged.
        }
        else if (!await answersAsync(cancellationToken))
        {
            ReportDown();
        }
        else if (down >= LongestElection)
        {
            ReportStuckQueues(health, down);
        }
    }

    private void ReportUp()
    {
        _lastUp = time.GetUtcNow();
        if (_reportedUp != true || _reportedStuck)
        {
            (_reportedUp, _reportedStuck) = (true, false);
            logger.LogInformation("RabbitMQ at {Address} answers", address);
        }
    }

    private void ReportDown()
    {
        if (_reportedUp != false)
        {
            _reportedUp = false;
            logger.LogWarning("RabbitMQ at {Address} cannot be reached; trying again until it answers", address);
        }
    }

    private void ReportStuckQueues(BusHealthResult health, TimeSpan down)
    {
        (_reportedUp, _reportedStuck) = (false, true);
        IEnumerable<string> stuck = health.Endpoints
            .Where(endpoint => endpoint.Value.Status != BusHealthStatus.Healthy)
            .Select(endpoint => endpoint.Value.InputAddress?.AbsolutePath.TrimStart('/') ?? endpoint.Key)
            .Order(StringComparer.Ordinal);
        logger.LogError(
            "RabbitMQ at {Address} answers, but for {Seconds:0} s its queues {Queues} have not. Quorum queues may have lost their leader: see \"A queue without a leader\" in docs/operating.md",
            address, down.TotalSeconds, string.Join(", ", stuck));
    }
}
