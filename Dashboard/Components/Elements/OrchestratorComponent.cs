using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Live;
using Experiments.Dashboard.Sessions;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>A component that sends requests to the Orchestrator. Removing it from the page cancels them.</summary>
public abstract class OrchestratorComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Throttler> _throttlers = [];

    protected OrchestratorComponent() => Closing = _closing.Token;

    [Inject]
    protected OrchestratorClient Orchestrator { get; set; } = default!;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    [Inject]
    protected ILoggerFactory Loggers { get; set; } = default!;

    /// <summary>The user; null outside of the layout of pages.</summary>
    [CascadingParameter]
    protected Session? Session { get; set; }

    /// <summary>Whether the user may change sweeps, runs and workers.</summary>
    protected bool MayChange => Session?.May(TokenRole.Operator) != false;

    /// <summary>Cancelled when the component is removed; can be read after that, too.</summary>
    protected CancellationToken Closing { get; }

    public virtual async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await LeaveAsync();
        foreach (Throttler throttler in _throttlers)
        {
            await throttler.DisposeAsync();
        }

        _closing.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does what asks the Orchestrator, until the user leaves the page.</summary>
    /// <param name="onProblem">Called where the Orchestrator refuses or cannot be reached.</param>
    /// <returns>False if the user left the page meanwhile.</returns>
    protected async Task<bool> RequestAsync(Action<OrchestratorException> onProblem, Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (OrchestratorException problem)
        {
            onProblem(problem);
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            return false;
        }

        return true;
    }

    /// <summary>Does something on the component's thread whenever it is requested, at most once per interval, until the component is removed.</summary>
    protected Throttler Throttle(TimeSpan interval, Func<Task> action)
    {
        var throttler = new Throttler(Clock, interval, _ => InvokeAsync(action), Loggers.CreateLogger(GetType()));
        _throttlers.Add(throttler);
        return throttler;
    }

    /// <summary>Disposes what the component holds. <see cref="Closing"/> is cancelled by then.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;
}
