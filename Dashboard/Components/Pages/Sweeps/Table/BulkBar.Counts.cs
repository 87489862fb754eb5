using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <content>The number of selected runs by status, and thus the possible actions.</content>
public sealed partial class BulkBar
{
    /// <summary>The number of selected runs by status; null while unknown.</summary>
    private RunCounts? _counts;
    private (string SweepId, RunsQuery Query, int Version)? _countsOf;

    /// <summary>Actions stay enabled while counts are unknown: the Orchestrator previews them before anything happens.</summary>
    private bool CanCancel => MayChange && !IsIdle && _counts is not { Pending: 0, Queued: 0, Running: 0 };

    private bool CanRetry => MayChange && !IsIdle && _counts is not { Failed: 0, Cancelled: 0 };

    private bool CanDelete => MayChange && !IsIdle && _counts is not { Ended: 0 };

    private RunsQuery Selected => Selection.All
        ? new RunsQuery(State.Status, Selection.Narrow(State.Filter))
        : new RunsQuery(Ids: string.Join(',', Selection.Ids));

    /// <summary>Requests the number of selected runs by status, unless the sweep's own counts suffice.</summary>
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

        // For a new selection nothing is known yet; for the same one, the old counts apply until the answer arrives.
        _counts = isKnown || wanted?.Query == _countsOf?.Query ? _counts : null;
        _countsOf = wanted;
        if (wanted is { } asked)
        {
            await CountAsync(asked);
        }
    }

    private async Task CountAsync((string SweepId, RunsQuery Query, int Version) asked)
    {
        // The page and the table show an error; only the buttons without effect are unknown then.
        await RequestAsync(_ => _counts = null, async () =>
        {
            RunCounts counts = await Orchestrator.GetRunCountsAsync(asked.SweepId, asked.Query, Closing);
            _counts = _countsOf == asked ? counts : _counts;
        });
    }
}
