using Experiments.Dashboard.Api;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>A component that sends requests to the Orchestrator. Removing it from the page cancels them.</summary>
public abstract class OrchestratorComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();

    protected OrchestratorComponent() => Closing = _closing.Token;

    [Inject]
    protected OrchestratorClient Orchestrator { get; set; } = default!;

    /// <summary>Cancelled when the component is removed; can be read after that, too.</summary>
    protected CancellationToken Closing { get; }

    public virtual async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await LeaveAsync();
        _closing.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes what the component holds. <see cref="Closing"/> is cancelled by then.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;
}
