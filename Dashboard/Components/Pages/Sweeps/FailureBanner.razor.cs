using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>Shows why runs of a sweep failed; sends no request while none has.</summary>
public sealed partial class FailureBanner : OrchestratorComponent
{
    private const int Few = 3;
    private const int MostLinks = 8;

    private SweepFailures? _failures;
    private (string SweepId, int Failed, SweepStatus Status)? _asked;
    private bool _isOpen;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public required SweepView Sweep { get; set; }

    /// <summary>The state of the table.</summary>
    [Parameter, EditorRequired]
    public required RunsTableState State { get; set; }

    [Parameter]
    public EventCallback<RunsTableState> StateChanged { get; set; }

    /// <summary>Runs were changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        // While other runs train, the answer stays the same.
        (string SweepId, int Failed, SweepStatus Status) wanted = (Sweep.Id, Sweep.RunCounts.Failed, Sweep.Status);
        if (_asked == wanted)
        {
            return;
        }

        _asked = wanted;
        if (Sweep.RunCounts.Failed == 0)
        {
            _failures = null;
            return;
        }

        // The page reports that the Orchestrator is unreachable. Earlier results stay; the next change triggers a retry.
        await RequestAsync(_ => _asked = null, async () =>
        {
            SweepFailures failures = await Orchestrator.GetFailuresAsync(Sweep.Id, Closing);
            _failures = _asked == wanted ? failures : _failures;
        });
    }

    private static string Them(FailureGroup group) => group.Runs == 1 ? "it" : "them";

    private async Task RetryAsync(FailureGroup group)
    {
        _isBusy = true;
        var request = new BulkRequest { Action = BulkAction.Retry, SweepId = Sweep.Id, Filter = group.Filter };
        if (await new BulkWork(Orchestrator, Dialogs, Snackbar).ConfirmAsync(request))
        {
            await OnChanged.InvokeAsync();
        }

        _isBusy = false;
    }
}
