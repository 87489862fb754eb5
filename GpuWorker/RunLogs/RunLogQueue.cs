using System.Threading.Channels;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>
/// The lines between loggers and <see cref="RunLogSender"/>. It must not log, nor depend on classes that do: loggers write into it.
/// </summary>
public sealed class RunLogQueue
{
    /// <summary>The most lines that one attempt writes; more are dropped until there is room.</summary>
    public const int Capacity = RunLogLimits.MostLines;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Channel<RunLogItem> _items = Channel.CreateBounded<RunLogItem>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Channel<bool> _hurry = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal ChannelReader<RunLogItem> Items => _items.Reader;

    /// <summary>Signals that a caller waits for the lines to be sent.</summary>
    internal ChannelReader<bool> Hurry => _hurry.Reader;

    /// <summary>Queues a line without blocking; false if the queue is full.</summary>
    public bool TryAdd(AttemptLog attempt, RunLogLine line) => _items.Writer.TryWrite(new RunLogItem(attempt, line, null));

    /// <summary>Completes when all lines of the attempt have been sent, or after a timeout; the remaining lines are then sent later.</summary>
    public async Task EndAsync(AttemptLog attempt, TimeProvider time)
    {
        attempt.Close(time.GetUtcNow(), line => TryAdd(attempt, line));
        if (!attempt.HasLines)
        {
            return;
        }

        try
        {
            await FlushAsync(attempt).WaitAsync(LongestWait, time);
        }
        catch (TimeoutException)
        {
            // The attempt's end must be reported anyway.
        }
    }

    /// <summary>Accepts no more lines.</summary>
    internal void Close()
    {
        _items.Writer.TryComplete();
        _hurry.Writer.TryWrite(true);
    }

    private Task FlushAsync(AttemptLog attempt)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_items.Writer.TryWrite(new RunLogItem(attempt, null, sent)))
        {
            return Task.CompletedTask;
        }

        _hurry.Writer.TryWrite(true);
        return sent.Task;
    }
}

/// <param name="Line">Null for a caller that waits until all earlier lines have been sent.</param>
internal readonly record struct RunLogItem(AttemptLog Attempt, RunLogLine? Line, TaskCompletionSource? Sent);
