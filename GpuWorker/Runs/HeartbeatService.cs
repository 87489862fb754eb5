using System.Diagnostics;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Telemetry;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.GpuWorker.Runs;

/// <summary>Sends heartbeats to the Orchestrator, which renew the lease of the running attempt, and applies the directives in the answers.</summary>
public sealed class HeartbeatService(
    IServiceScopeFactory scopes,
    AttemptSlot slot,
    TicketGate gate,
    WorkerIdentity identity,
    IDeviceMonitor monitor,
    DeviceUse use,
    PrecisionMeasurement precisions,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<HeartbeatService> logger)
    : BackgroundService
{
    /// <summary>The request's own timeout starts only when it is sent, which an unreachable broker can delay forever.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private bool _unanswered;
    private string? _problem;

    /// <summary>Announces the shutdown, so that the Orchestrator need not wait for the lease to expire.</summary>
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

            // Training continues: the Orchestrator decides whether the lease was lost when it answers again.
            if (!_unanswered)
            {
                // Late heartbeats are not traced.
                bool isLate = exception is RequestTimeoutException or TimeoutException;
                logger.LogWarning(
                    isLate ? null : exception, "The Orchestrator does not answer heartbeats ({Problem}); training continues", exception.Message);
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

        if (reply.Problem is { } problem && problem != _problem)
        {
            logger.LogWarning("The Orchestrator does not accept this worker and gives it no runs: {Problem}", problem);
        }

        _problem = reply.Problem;
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
            // JSON has no other numbers.
            Utilization = double.IsFinite(device.Utilization) ? device.Utilization : 0,
            Temperature = device.Temperature,
            FasterInBFloat16 = precisions.Models,
            Leaving = leaving,
        };
    }
}
