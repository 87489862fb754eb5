using System.Threading.Channels;

namespace Experiments.Dashboard.Live;

/// <summary>
/// Runs an action soon after a request, never concurrently, and with at least a given time between the end
/// of one run and the start of the next. Requests in between are merged into one.
/// </summary>
public sealed class Throttler : IAsyncDisposable
{
    private readonly Channel<bool> _requests = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _interval;
    private readonly Func<CancellationToken, Task> _action;
    private readonly ILogger _logger;
    private readonly Task _loop;

    public Throttler(TimeProvider clock, TimeSpan interval, Func<CancellationToken, Task> action, ILogger logger)
    {
        _clock = clock;
        _interval = interval;
        _action = action;
        _logger = logger;
        _loop = RunAsync(_stopping.Token);
    }

    /// <summary>Requests a run; returns immediately.</summary>
    public void Request() => _requests.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (bool _ in _requests.Reader.ReadAllAsync(cancellationToken))
            {
                await RunOnceAsync(cancellationToken);
                await Task.Delay(_interval, _clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _action(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.LogError(exception, "A throttled redraw failed; the next one is tried as usual");
        }
    }
}
