using System.Diagnostics;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults;
using MassTransit;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>
/// Sends the log lines of attempts to the Orchestrator in batches, each until the broker has queued it. Training neither waits for it nor fails
/// because of it.
/// </summary>
public sealed class RunLogSender(RunLogQueue queue, IBus bus, WorkerIdentity identity, TimeProvider time, ILogger<RunLogSender> logger) : BackgroundService
{
    /// <summary>Soon enough for live viewing, with few messages for a verbose training.</summary>
    private static readonly TimeSpan CollectingTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Sends the remaining lines, as long as <paramref name="cancellationToken"/> allows.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
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
        CancellationToken giveUp = _giveUp.Token;
        while (await queue.Items.WaitToReadAsync(giveUp))
        {
            await CollectAsync(giveUp);
            foreach (RunLogBatch batch in RunLogBatch.TakeAll(queue.Items, identity.Id))
            {
                if (batch.Message is { } message)
                {
                    await SendAsync(message, giveUp);
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

        for (bool warned = false; ; warned = true)
        {
            using Activity? activity = RoutineActivity.Start("run log");
            try
            {
                ISendEndpoint endpoint = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunLogs));
                await endpoint.SendToQueueAsync(lines, cancellationToken);
                if (warned)
                {
                    logger.LogInformation("Lines of runs' logs can be sent again");
                }

                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (!warned)
                {
                    logger.LogWarning(
                        exception, "{Count} lines of the log of run {RunId} could not be sent; they are kept and sent until they arrive", lines.Lines.Count, lines.RunId);
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
