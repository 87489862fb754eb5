using System.Diagnostics;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.GpuWorker.Runs;

/// <summary>Tells the Orchestrator that this worker lives, renews the lease of what it trains, and does as it is told in return.</summary>
public sealed class HeartbeatService(
    IServiceScopeFactory scopes,
    AttemptSlot slot,
    TicketGate gate,
    WorkerIdentity identity,
    IDeviceMonitor monitor,
    DeviceUse use,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<HeartbeatService> logger)
    : BackgroundService
{
    /// <summary>The request's own time-out begins only when it has been sent, which a broker that is away can delay for ever.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private bool _unanswered;

    /// <summary>Says goodbye, so that nobody has to wait for a lease to run out.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await BeatAsync(leaving: true, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), time);
        do
        {
            await BeatAsync(leaving: false, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BeatAsync(bool leaving, CancellationToken cancellationToken)
    {
        using Activity? activity = RoutineActivity.Start("heartbeat");
        long start = time.GetTimestamp();
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            var client = scope.ServiceProvider.GetRequiredService<IRequestClient<Heartbeat>>();
            Heartbeat heartbeat = Describe(leaving);
            Response<HeartbeatReply> reply = await client.GetResponse<HeartbeatReply>(heartbeat, cancellationToken)
                .WaitAsync(LongestWait, time, cancellationToken);
            ExperimentsMetrics.HeartbeatDuration.Record(time.GetElapsedTime(start).TotalSeconds);
            Obey(heartbeat, reply.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ExperimentsMetrics.HeartbeatDuration.Record(
                time.GetElapsedTime(start).TotalSeconds, KeyValuePair.Create("error", (object?)exception.GetType().Name));
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);

            // Training goes on: whether the lease was lost is for the Orchestrator to say when it answers again.
            if (!_unanswered)
            {
                // Where it is late, the trace says nothing.
                bool isLate = exception is RequestTimeoutException or TimeoutException;
                logger.LogWarning(
                    isLate ? null : exception, "The Orchestrator does not answer heartbeats ({Problem}); training goes on meanwhile", exception.Message);
            }

            _unanswered = true;
        }
    }

    private void Obey(Heartbeat heartbeat, HeartbeatReply reply)
    {
        if (_unanswered)
        {
            _unanswered = false;
            logger.LogInformation("The Orchestrator answers heartbeats again");
        }

        gate.Admit(reply.TakeRuns);
        if (heartbeat.RunId is { } runId)
        {
            slot.Apply(runId, heartbeat.Attempt, reply.Attempt);
        }
    }

    private Heartbeat Describe(bool leaving)
    {
        RunningAttempt? attempt = slot.Current;
        DeviceInfo device = monitor.Read();
        use.Sample();
        ExperimentsMetrics.DeviceMemory.Record(device.MemoryUsed, KeyValuePair.Create("device", (object?)identity.Device));
        return new Heartbeat
        {
            WorkerId = identity.Id,
            Host = identity.Host,
            Device = identity.Device,
            RunId = attempt?.Claim.RunId,
            Attempt = attempt?.Claim.Attempt ?? 0,
            MemoryUsed = device.MemoryUsed,
            MemoryTotal = device.MemoryTotal,
            // Neither does JSON know other numbers, nor does anything else.
            Utilization = double.IsFinite(device.Utilization) ? device.Utilization : 0,
            Temperature = device.Temperature,
            Leaving = leaving,
        };
    }
}
