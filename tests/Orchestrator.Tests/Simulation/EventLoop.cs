using System.Runtime.ExceptionServices;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>
/// Simulated time on one thread: all code of the simulation runs here, one step after another, in an order determined by the seed. Asynchronous code
/// runs on it unchanged, because it is also the synchronization context.
/// </summary>
internal sealed class EventLoop : SynchronizationContext
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _continuations = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private Exception? _failure;

    public SimulatedClock Clock { get; } = new();

    public TimeSpan Now => Clock.Elapsed;

    /// <summary>Called after all steps of the same moment.</summary>
    public Action AfterEach { get; set; } = () => { };

    public void After(TimeSpan delay, Action action) => _events.Enqueue(action, (Now + delay, _order++));

    public Task DelayAsync(TimeSpan delay)
    {
        var done = new TaskCompletionSource();
        After(delay, done.SetResult);
        return done.Task;
    }

    /// <summary>Starts a background task; if it fails, so does the simulation.</summary>
    public void Start(Func<Task> activity) => After(TimeSpan.Zero, () => _ = GuardAsync(activity));

    /// <summary>Advances time until <paramref name="isDone"/>.</summary>
    /// <returns>False when that did not happen before <paramref name="limit"/>.</returns>
    public bool RunUntil(Func<bool> isDone, TimeSpan limit)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            Continue();
            while (!isDone())
            {
                if (!_events.TryPeek(out _, out (TimeSpan At, long) next) || next.At > limit)
                {
                    return false;
                }

                Action action = _events.Dequeue();
                Clock.Elapsed = next.At;
                action();
                Continue();
                AfterEach();
            }

            return true;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("something left the thread of the simulation: its order would not follow from the seed");
        }

        _continuations.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("there is one thread");

    public override SynchronizationContext CreateCopy() => this;

    private void Continue()
    {
        while (_failure is null && _continuations.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
        {
            next.Callback(next.State);
        }

        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private async Task GuardAsync(Func<Task> activity)
    {
        try
        {
            await activity();
        }
        catch (ProcessEndedException)
        {
        }
        catch (Exception exception)
        {
            _failure ??= exception;
        }
    }
}
