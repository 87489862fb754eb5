using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>Compares, tags, retries, cancels, deletes and exports the selected runs: one request each, whatever their number.</summary>
public sealed partial class BulkBar : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private bool _isBusy;

    /// <summary>Where the selected runs stand; null as long as that is not known.</summary>
    private RunCounts? _counts;
    private (string SweepId, RunsQuery Query, int Version)? _countsOf;

    public BulkBar() => _closed = _closing.Token;

    [Parameter, EditorRequired]
    public required SweepView Sweep { get; set; }

    [Parameter, EditorRequired]
    public required RunsTableState State { get; set; }

    [Parameter]
    public EventCallback<RunsTableState> StateChanged { get; set; }

    /// <summary>How many runs are listed.</summary>
    [Parameter]
    public int Total { get; set; }

    /// <summary>Another number says that something of the runs has changed.</summary>
    [Parameter]
    public int Version { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private OrchestratorClient Orchestrator { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private BulkWork Work => new(Orchestrator, Dialogs, Snackbar);

    private RunSelection Selection => State.Selection;

    private int Count => Selection.CountOf(Total);

    private bool IsIdle => _isBusy || Count == 0;

    /// <summary>What is not known yet is not refused: the Orchestrator answers what it comes to before anything happens.</summary>
    private bool CanCancel => !IsIdle && _counts is not { Pending: 0, Queued: 0, Running: 0 };

    private bool CanRetry => !IsIdle && _counts is not { Failed: 0, Cancelled: 0 };

    private bool CanDelete => !IsIdle && _counts is not { Ended: 0 };

    private string CountText => Count == 0 ? "No run is selected"
        : Selection is { All: true, Except.Count: 0 } ? $"All {Numbers.Count(Count)} {(State.IsNarrowed ? "that match" : "runs")} selected"
        : $"{Numbers.Count(Count)} selected";

    private string ExportHint => Count > 0 ? $"Exports {BulkText.Runs(Count)} that are selected"
        : State.IsNarrowed ? $"Exports {BulkText.Runs(Total)} that match" : $"Exports {BulkText.Runs(Total)}";

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <summary>Asks how many of the selected runs stand where, unless the sweep itself says so.</summary>
    protected override async Task OnParametersSetAsync()
    {
        bool isKnown = Count == 0 || (Selection is { All: true, Except.Count: 0 } && !State.IsNarrowed);
        (string SweepId, RunsQuery Query, int Version)? wanted = isKnown ? null : (Sweep.Id, Selected, Version);
        if (isKnown)
        {
            _counts = Count == 0 ? null : Sweep.RunCounts;
        }

        if (_countsOf == wanted)
        {
            return;
        }

        // Of other runs nothing is known yet; of the same runs, what was known holds until the answer comes.
        _counts = isKnown || wanted?.Query == _countsOf?.Query ? _counts : null;
        _countsOf = wanted;
        if (wanted is { } asked)
        {
            await CountAsync(asked);
        }
    }

    private async Task CountAsync((string SweepId, RunsQuery Query, int Version) asked)
    {
        try
        {
            RunCounts counts = await Orchestrator.GetRunCountsAsync(asked.SweepId, asked.Query, _closed);
            _counts = _countsOf == asked ? counts : _counts;
        }
        catch (OrchestratorException)
        {
            // The page and the table tell what is wrong; all that is missing is which buttons would do nothing.
            _counts = null;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private RunsQuery Selected => Selection.All
        ? new RunsQuery(State.Status, Selection.Narrow(State.Filter))
        : new RunsQuery(Ids: string.Join(',', Selection.Ids));

    private string Export(string format) => QueryText.With(
        $"/download/sweeps/{Sweep.Id}/runs.{format}",
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
        var query = new RunsQuery(State.Status, Selection.Narrow(State.Filter), State.Sort, 0, RunSelection.MostIds);
        Page<RunView> runs = await Orchestrator.GetRunsAsync(Sweep.Id, query, CancellationToken.None);
        Navigation.NavigateTo($"/compare?ids={string.Join(',', runs.Items.Select(run => run.Id))}");
        return true;
    });

    private Task ConfirmAsync(BulkAction action) => WorkAsync(async () =>
    {
        if (await Work.ConfirmAsync(Request(action)))
        {
            await OnChanged.InvokeAsync();
            if (action == BulkAction.Delete)
            {
                // What was selected is not there any more.
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
