using System.Diagnostics;
using System.Threading.Channels;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Retries;
using Experiments.ServiceDefaults.Telemetry;
using MassTransit;

namespace Experiments.GpuWorker.Runs;

/// <summary>Sends what attempts report to the Orchestrator, in order, each until the broker has it in a queue.</summary>
public sealed class RunEventSender(IBus bus, TimeProvider time, ILogger<RunEventSender> logger) : DrainingService
{
    /// <summary>More epochs than any worker finishes while a broker is unavailable.</summary>
    private const int Capacity = 100_000;

    private readonly OutageRetry _retry = new(time, exception => exception is not OperationCanceledException);

    private readonly Channel<Report> _reports = Channel.CreateBounded<Report>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <exception cref="TrainingException">It cannot be sent, now or ever.</exception>
    public void Enqueue(EpochFinished @event)
    {
        SendableReports.ThrowIfUnsendable(@event);
        Add(@event);
    }

    /// <returns>Completes when the broker has it, or if it cannot be kept; never faults.</returns>
    public Task Enqueue(AttemptEnded @event) => Add(@event);

    protected override void Close() => _reports.Writer.TryComplete();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (Report report in _reports.Reader.ReadAllAsync(GiveUp))
            {
                using (report)
                {
                    using Activity? activity = ExperimentsTelemetry.GpuWorker.StartActivity("report", ActivityKind.Producer, report.Trace);
                    await SendAsync(report.Event, GiveUp);
                }
            }
        }
        finally
        {
            while (_reports.Reader.TryRead(out Report? unsent))
            {
                unsent.Dispose();
            }
        }
    }

    private Task Add(object @event)
    {
        var report = new Report(@event, Activity.Current?.Context ?? default);
        if (!_reports.Writer.TryWrite(report))
        {
            // Not a failure of the training: its lease will expire, and the next attempt reports what is missing.
            logger.LogError("{Capacity} reports wait for the broker, or the worker shuts down; this one cannot be kept: {Event}", Capacity, @event);
            report.Dispose();
        }

        return report.Done;
    }

    private async Task SendAsync(object @event, CancellationToken cancellationToken)
    {
        if (MessageCheck.WhyUnsendable(@event) is { } problem)
        {
            // Retrying would block every event behind it. Callers check messages before they queue them, so this is a bug.
            logger.LogError("A report of type {Type} is given up: {Problem}", @event.GetType().Name, problem);
            return;
        }

        await _retry.RunAsync(
            async token =>
            {
                ISendEndpoint endpoint = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunEvents));
                await endpoint.SendToQueueAsync(@event, token);
            },
            exception => logger.LogWarning(exception, "A report could not be sent; it is kept and sent until it arrives: {Event}", @event),
            () => logger.LogInformation("Reports can be sent again"),
            cancellationToken);
    }

    /// <summary>A report that waits to be sent. Disposing it releases its waiters.</summary>
    private sealed class Report : IDisposable
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private bool _isDone;

        public Report(object @event, ActivityContext trace)
        {
            (Event, Trace) = (@event, trace);
            ExperimentsMetrics.ReportsBehind.Add(1);
        }

        public object Event { get; }

        /// <summary>The trace of the attempt that reports.</summary>
        public ActivityContext Trace { get; }

        public Task Done => _done.Task;

        public void Dispose()
        {
            if (!_isDone)
            {
                _isDone = true;
                ExperimentsMetrics.ReportsBehind.Add(-1);
            }

            _done.TrySetResult();
        }
    }
}
