using System.Threading.Channels;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>
/// Lines on their way from whoever logs to <see cref="RunLogSender"/>. It logs nothing and needs nobody who does: loggers write into it.
/// </summary>
public sealed class RunLogQueue
{
    /// <summary>As many as an attempt writes at most; more are left out until there is room.</summary>
    public const int Capacity = RunLogLimits.MostLines;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Channel<RunLogItem> _items = Channel.CreateBounded<RunLogItem>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Channel<bool> _hurry = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal ChannelReader<RunLogItem> Items => _items.Reader;

    /// <summary>Has something as soon as somebody waits for the lines to be sent.</summary>
    internal ChannelReader<bool> Hurry => _hurry.Reader;

    /// <summary>Takes a line; returns at once, with false when there is no room.</summary>
    public bool TryAdd(AttemptLog attempt, RunLogLine line) => _items.Writer.TryWrite(new RunLogItem(attempt, line, null));

    /// <summary>Ends when all that the attempt logged has been sent, or the broker has not taken it for a while; it is then sent later.</summary>
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
            // Its end has to be reported all the same.
        }
    }

    /// <summary>Takes nothing more.</summary>
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

/// <param name="Line">Null for somebody who waits until all lines before have been sent.</param>
internal readonly record struct RunLogItem(AttemptLog Attempt, RunLogLine? Line, TaskCompletionSource? Sent);
