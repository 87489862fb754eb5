using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <content>Where the selected runs stand, and so what can be done with them.</content>
public sealed partial class BulkBar
{
    /// <summary>Where the selected runs stand; null as long as that is not known.</summary>
    private RunCounts? _counts;
    private (string SweepId, RunsQuery Query, int Version)? _countsOf;

    /// <summary>What is not known yet is not refused: the Orchestrator answers what it comes to before anything happens.</summary>
    private bool CanCancel => !IsIdle && _counts is not { Pending: 0, Queued: 0, Running: 0 };

    private bool CanRetry => !IsIdle && _counts is not { Failed: 0, Cancelled: 0 };

    private bool CanDelete => !IsIdle && _counts is not { Ended: 0 };

    private RunsQuery Selected => Selection.All
        ? new RunsQuery(State.Status, Selection.Narrow(State.Filter))
        : new RunsQuery(Ids: string.Join(',', Selection.Ids));

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
            RunCounts counts = await Orchestrator.GetRunCountsAsync(asked.SweepId, asked.Query, Closing);
            _counts = _countsOf == asked ? counts : _counts;
        }
        catch (OrchestratorException)
        {
            // The page and the table tell what is wrong; all that is missing is which buttons would do nothing.
            _counts = null;
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
