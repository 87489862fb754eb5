using Experiments.Contracts.Api;
using Experiments.Contracts.Filters;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>Groups of a sweep's runs, aggregated by the Orchestrator.</summary>
public sealed partial class GroupsTable : OrchestratorComponent
{
    private RunGroups? _groups;
    private IntervalScale? _scale;
    private (string, string, string?, RunsQuery, int)? _asked;
    private string? _problem;
    private bool _isRefused;

    [Parameter, EditorRequired]
    public required SweepView Sweep { get; set; }

    [Parameter, EditorRequired]
    public required SweepFacts Facts { get; set; }

    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    [Parameter, EditorRequired]
    public required RunsTableState State { get; set; }

    [Parameter]
    public EventCallback<RunsTableState> StateChanged { get; set; }

    /// <summary>A new number requests a reload of the groups.</summary>
    [Parameter]
    public int Version { get; set; }

    /// <summary>Reports why the filter cannot be applied; null if it can.</summary>
    [Parameter]
    public EventCallback<string?> FilterProblemChanged { get; set; }

    private int PageNumber => Math.Max(1, State.GroupPage ?? 1);

    private bool IsDescending => (Metric == Facts.Objective.Metric ? Facts.Objective.Goal : MetricNames.GoalOf(Metric)) == Goal.Maximize;

    /// <summary>The best mean first, unless the user chose another order.</summary>
    private string Order => State.GroupSort ?? MeanOrder;

    private string MeanOrder => IsDescending ? "-mean" : "mean";

    private string BestOrder => IsDescending ? "-best" : "best";

    /// <summary>The hyperparameters that the sweep varies besides those grouped by.</summary>
    private string Varying =>
        string.Join(", ", Facts.Axes.Where(axis => !State.GroupKeys.Contains(axis.Name)).Select(axis => axis.Label.ToLowerInvariant()));

    protected override async Task OnParametersSetAsync()
    {
        RunsQuery query = State.GroupQuery;
        (string, string, string?, RunsQuery, int) wanted = (Sweep.Id, Metric, State.Group, query, Version);
        if (_asked == wanted)
        {
            return;
        }

        _asked = wanted;
        try
        {
            RunGroups groups = await Orchestrator.GetGroupsAsync(Sweep.Id, State.GroupKeys, Metric, query, Closing);
            if (_asked == wanted)
            {
                (_groups, _scale, _problem, _isRefused) = (groups, new IntervalScale(groups.Items), null, false);
                await FilterProblemChanged.InvokeAsync(null);
            }
        }
        catch (OrchestratorException failure) when (failure.Errors.TryGetValue("filter", out string[]? reasons))
        {
            (_problem, _isRefused) = (null, true);
            await FilterProblemChanged.InvokeAsync(string.Join("; ", reasons));
        }
        catch (OrchestratorException failure)
        {
            // The page reports that the Orchestrator is unreachable; earlier results stay.
            _problem = failure.IsUnreachable ? null : failure.Explain();
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The user left the page.
        }
    }

    private Task SortAsync(string? order) => StateChanged.InvokeAsync(State with { GroupSort = order, GroupPage = null });

    private Task OpenAsync(RunGroup group) => StateChanged.InvokeAsync(
        State with { Filter = FilterText.All(State.Filter, group.Filter), Group = null, GroupSort = null, GroupPage = null });
}
