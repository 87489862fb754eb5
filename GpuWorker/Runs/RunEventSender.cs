using System.Diagnostics;
using System.Threading.Channels;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.ServiceDefaults;
using MassTransit;

namespace Experiments.GpuWorker.Runs;

/// <summary>Sends the reports of attempts to the Orchestrator, in order, each until the broker has queued it.</summary>
public sealed class RunEventSender(IBus bus, TimeProvider time, ILogger<RunEventSender> logger) : BackgroundService
{
    /// <summary>More epochs than any worker finishes while a broker is unavailable.</summary>
    private const int Capacity = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Report> _reports = Channel.CreateBounded<Report>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _giveUp = new();

    /// <exception cref="TrainingException">It cannot be sent, now or ever.</exception>
    public void Enqueue(EpochFinished @event)
    {
        SendableReports.ThrowIfUnsendable(@event);
        Add(@event);
    }

    /// <returns>Completes when the broker has it, or if it cannot be kept; never faults.</returns>
    public Task Enqueue(AttemptEnded @event) => Add(@event);

    /// <summary>Sends the remaining reports, as long as <paramref name="cancellationToken"/> allows.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _reports.Writer.TryComplete();
        await using CancellationTokenRegistration registration = cancellationToken.Register(_giveUp.Cancel);
        if (ExecuteTask is { } sending)
        {
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (Report report in _reports.Reader.ReadAllAsync(_giveUp.Token))
            {
                using (report)
                {
                    using Activity? activity = ExperimentsTelemetry.GpuWorker.StartActivity("report", ActivityKind.Producer, report.Trace);
                    await SendAsync(report.Event, _giveUp.Token);
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

        for (bool warned = false; ; warned = true)
        {
            try
            {
                ISendEndpoint endpoint = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunEvents));
                await endpoint.SendToQueueAsync(@event, cancellationToken);
                if (warned)
                {
                    logger.LogInformation("Reports can be sent again");
                }

                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (!warned)
                {
                    logger.LogWarning(exception, "A report could not be sent; it is kept and sent until it arrives: {Event}", @event);
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }
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
