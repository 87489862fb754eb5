using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Sessions;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>A component whose buttons change something at the Orchestrator. They are disabled during the request, and a notice shows a refusal.</summary>
public abstract class ActionComponent : ComponentBase
{
    [Inject]
    protected OrchestratorClient Orchestrator { get; set; } = default!;

    [Inject]
    protected ISnackbar Snackbar { get; set; } = default!;

    /// <summary>The user; null outside of the layout of pages.</summary>
    [CascadingParameter]
    protected Session? Session { get; set; }

    /// <summary>Something was changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Whether the user may change sweeps, runs and workers.</summary>
    protected bool MayChange => Session?.May(TokenRole.Operator) != false;

    /// <summary>True while an action is being done.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Sends a change, which completes even if the user leaves the page, and shows the outcome.</summary>
    protected Task ChangeAsync(Func<CancellationToken, Task> change) => ActAsync(async () =>
    {
        await change(CancellationToken.None);
        await OnChanged.InvokeAsync();
    });

    /// <summary>Does something at the Orchestrator.</summary>
    protected async Task ActAsync(Func<Task> action)
    {
        IsBusy = true;
        try
        {
            await action();
        }
        catch (OrchestratorException problem)
        {
            Snackbar.Add(problem.Explain(), Severity.Error);
        }
        finally
        {
            IsBusy = false;
        }
    }
}
