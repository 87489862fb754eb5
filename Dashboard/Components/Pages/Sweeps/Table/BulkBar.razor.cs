using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>Compares, tags, retries, cancels, deletes and exports the selected runs, with one request regardless of their number.</summary>
public sealed partial class BulkBar : OrchestratorComponent
{
    private bool _isBusy;

    [Parameter, EditorRequired]
    public required SweepView Sweep { get; set; }

    [Parameter, EditorRequired]
    public required RunsTableState State { get; set; }

    [Parameter]
    public EventCallback<RunsTableState> StateChanged { get; set; }

    /// <summary>The number of listed runs.</summary>
    [Parameter]
    public int Total { get; set; }

    /// <summary>Changes whenever the runs have changed.</summary>
    [Parameter]
    public int Version { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private BulkWork Work => new(Orchestrator, Dialogs, Snackbar);

    private TableSelection Selection => State.Selection;

    private int Count => Selection.CountOf(Total);

    private bool IsIdle => _isBusy || Count == 0;

    private string CountText => Count == 0 ? "No run is selected"
        : Selection is { All: true, Except.Count: 0 } ? $"All {Numbers.Count(Count)} {(State.IsNarrowed ? "that match" : "runs")} selected"
        : $"{Numbers.Count(Count)} selected";

    private string ExportHint => Count > 0 ? $"Exports {BulkText.Runs(Count)} that are selected"
        : State.IsNarrowed ? $"Exports {BulkText.Runs(Total)} that match" : $"Exports {BulkText.Runs(Total)}";

    private string Export(string format) => QueryText.With(
        $"download/sweeps/{Sweep.Id}/runs.{format}",
        Selection.All || Count == 0
            ? [("status", State.Status), ("filter", Selection.Narrow(State.Filter)), ("sort", State.Sort)]
            : [("ids", string.Join(',', Selection.Ids)), ("sort", State.Sort)]);

    private BulkRequest Request(BulkAction action) => Selection.All
        ? new BulkRequest
        {
            Action = action,
            SweepId = Sweep.Id,
            Status = State.Status is { } status ? Enum.Parse<RunStatus>(status, ignoreCase: true) : null,
            Filter = Selection.Narrow(State.Filter),
        }
        : new BulkRequest { Action = action, Ids = [.. Selection.Ids] };

    private Task CompareAllAsync() => WorkAsync(async () =>
    {
        var query = new RunsQuery(State.Status, Selection.Narrow(State.Filter), State.Sort, 0, TableSelection.MostIds);
        Page<RunView> runs = await Orchestrator.GetRunsAsync(Sweep.Id, query, CancellationToken.None);
        Navigation.NavigateTo($"compare?ids={string.Join(',', runs.Items.Select(run => run.Id))}");
        return true;
    });

    private Task ConfirmAsync(BulkAction action) => WorkAsync(async () =>
    {
        if (await Work.ConfirmAsync(Request(action)))
        {
            await OnChanged.InvokeAsync();
            if (action == BulkAction.Delete)
            {
                // The selected runs no longer exist.
                await StateChanged.InvokeAsync(State with { Selected = null });
            }
        }

        return true;
    });

    private Task DeleteAsync() => ConfirmAsync(BulkAction.Delete);

    private Task TagAsync() => WorkAsync(async () =>
    {
        IReadOnlyList<string> known = (await Orchestrator.GetNamesAsync(Sweep.Id, CancellationToken.None)).Tags;
        if (await TagDialog.ShowAsync(Dialogs, BulkText.Runs(Count), known) is { } edit)
        {
            await Work.DoAsync(Request(BulkAction.Tag) with { Add = edit.Add, Remove = edit.Remove });
            await OnChanged.InvokeAsync();
        }

        return true;
    });

    private async Task WorkAsync(Func<Task<bool>> work)
    {
        _isBusy = true;
        await Work.TryAsync(work);
        _isBusy = false;
    }
}
