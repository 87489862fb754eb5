using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Formatting;
using MudBlazor;

namespace Experiments.Dashboard.Components.Housekeeping;

/// <summary>Renames and deletes sweeps and runs on any page: asks, acts, and reports the result.</summary>
public sealed class Housekeeper(OrchestratorClient orchestrator, IDialogService dialogs, ISnackbar snackbar)
{
    /// <returns>True if it was renamed.</returns>
    public async Task<bool> RenameAsync(SweepView sweep)
    {
        string? name = await RenameDialog.ShowAsync(dialogs, new DialogParameters<RenameDialog>
        {
            { dialog => dialog.What, "the sweep" }, { dialog => dialog.Name, sweep.Name }, { dialog => dialog.Longest, SweepSpecReader.LongestName },
        });
        return name is not null && name != sweep.Name
            && await TryAsync(() => orchestrator.ChangeSweepAsync(sweep.Id, new SweepChange(Name: name), CancellationToken.None));
    }

    /// <returns>True if it was renamed.</returns>
    public async Task<bool> RenameAsync(RunView run)
    {
        string? name = await RenameDialog.ShowAsync(dialogs, new DialogParameters<RenameDialog>
        {
            { dialog => dialog.What, $"run #{run.Cell}" }, { dialog => dialog.Name, run.Name ?? "" }, { dialog => dialog.MayBeEmpty, true },
        });
        return name is not null && name != (run.Name ?? "")
            && await TryAsync(() => orchestrator.ChangeRunAsync(run.Id, new RunChange(Name: name), CancellationToken.None));
    }

    /// <returns>True if it was deleted.</returns>
    public Task<bool> DeleteSweepAsync(string id, string name) =>
        DeleteAsync($"“{name}”", () => orchestrator.PreviewSweepDeletionAsync(id, CancellationToken.None), () => orchestrator.DeleteSweepAsync(id, CancellationToken.None));

    /// <returns>True if it was deleted.</returns>
    public Task<bool> DeleteAsync(RunView run) =>
        DeleteAsync($"run {RunText.Number(run)}", () => orchestrator.PreviewRunDeletionAsync(run.Id, CancellationToken.None), () => orchestrator.DeleteRunAsync(run.Id, CancellationToken.None));

    private async Task<bool> DeleteAsync(string what, Func<Task<DeletionPreview>> preview, Func<Task> delete)
    {
        bool isDone = false;
        bool isSound = await TryAsync(async () =>
        {
            DeletionPreview foreseen = await preview();
            if (await DeleteDialog.ShowAsync(dialogs, what, foreseen))
            {
                await delete();
                isDone = true;
                snackbar.Add($"{char.ToUpperInvariant(what[0])}{what[1..]} is deleted: {Numbers.Bytes(foreseen.Bytes)}.", Severity.Success);
            }
        });
        return isSound && isDone;
    }

    private async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (OrchestratorException problem)
        {
            snackbar.Add(problem.Explain(), Severity.Error);
            return false;
        }
    }
}
