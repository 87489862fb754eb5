using System.Diagnostics;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Retries;
using Experiments.ServiceDefaults.Telemetry;
using MassTransit;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>
/// Sends the log lines of attempts to the Orchestrator in batches, each until the broker has queued it. Training neither waits for it nor fails
/// because of it.
/// </summary>
public sealed class RunLogSender(RunLogQueue queue, IBus bus, WorkerIdentity identity, TimeProvider time, ILogger<RunLogSender> logger) : DrainingService
{
    /// <summary>Soon enough for live viewing, with few messages for a verbose training.</summary>
    private static readonly TimeSpan CollectingTime = TimeSpan.FromMilliseconds(500);

    private readonly OutageRetry _retry = new(time, exception => exception is not OperationCanceledException);

    protected override void Close() => queue.Close();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.Items.WaitToReadAsync(GiveUp))
        {
            await CollectAsync(GiveUp);
            foreach (RunLogBatch batch in RunLogBatch.TakeAll(queue.Items, identity.Id))
            {
                if (batch.Message is { } message)
                {
                    await SendAsync(message, GiveUp);
                }

                batch.Sent?.TrySetResult();
            }
        }
    }

    /// <summary>Ends after an interval, or as soon as a caller waits for the lines, or no more will come.</summary>
    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        using var collected = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(CollectingTime, time, collected.Token), queue.Hurry.WaitToReadAsync(collected.Token).AsTask(), queue.Items.Completion);
        await collected.CancelAsync();
        queue.Hurry.TryRead(out _);
    }

    private async Task SendAsync(RunLogWritten lines, CancellationToken cancellationToken)
    {
        if (MessageCheck.WhyUnsendable(lines) is { } problem)
        {
            logger.LogError("{Count} lines of the log of run {RunId} are given up: {Problem}", lines.Lines.Count, lines.RunId, problem);
            return;
        }

        await _retry.RunAsync(
            async token =>
            {
                using Activity? activity = RoutineActivity.Start("run log");
                ISendEndpoint endpoint = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunLogs));
                await endpoint.SendToQueueAsync(lines, token);
            },
            exception => logger.LogWarning(
                exception, "{Count} lines of the log of run {RunId} could not be sent; they are kept and sent until they arrive", lines.Lines.Count, lines.RunId),
            () => logger.LogInformation("Lines of runs' logs can be sent again"),
            cancellationToken);
    }
}
