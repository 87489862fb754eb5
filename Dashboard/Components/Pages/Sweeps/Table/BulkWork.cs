using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using MudBlazor;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>Runs a bulk action and reports the result.</summary>
public sealed class BulkWork(OrchestratorClient orchestrator, IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>Asks for confirmation, with a preview of the effect.</summary>
    /// <returns>True if it was done.</returns>
    public Task<bool> ConfirmAsync(BulkRequest request) => TryAsync(async () =>
    {
        BulkResult foreseen = await orchestrator.BulkAsync(request with { DryRun = true }, CancellationToken.None);
        if (foreseen.Done == 0)
        {
            snackbar.Add(BulkText.NothingToDo(foreseen), Severity.Info);
            return false;
        }

        (string title, string text, string confirm) = BulkText.Question(foreseen);
        return await dialogs.ConfirmAsync(title, text, confirm, keep: "Leave them") && await DoAsync(request);
    });

    /// <returns>True after the action, even if it was not possible for some runs.</returns>
    public async Task<bool> DoAsync(BulkRequest request)
    {
        BulkResult result = await orchestrator.BulkAsync(request, CancellationToken.None);
        snackbar.Add(BulkText.Done(result), result.Done == result.Total ? Severity.Success : Severity.Warning);
        return true;
    }

    /// <summary>Reports errors; false then.</summary>
    public async Task<bool> TryAsync(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (OrchestratorException problem)
        {
            snackbar.Add(problem.Explain(), Severity.Error);
            return false;
        }
    }
}
