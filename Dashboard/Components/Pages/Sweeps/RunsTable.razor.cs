using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>One page of a sweep's runs: what varies between them and what came out.</summary>
public sealed partial class RunsTable : ComponentBase
{
    [Parameter, EditorRequired]
    public required Page<RunView> Runs { get; set; }

    [Parameter, EditorRequired]
    public required SweepFacts Facts { get; set; }

    [Parameter]
    public string? Sort { get; set; }

    [Parameter]
    public EventCallback<string?> SortChanged { get; set; }

    /// <summary>Only runs of this status; null for all.</summary>
    [Parameter]
    public string? Status { get; set; }

    [Parameter]
    public EventCallback<string?> StatusChanged { get; set; }

    [Parameter]
    public int Page { get; set; } = 1;

    [Parameter]
    public int PageSize { get; set; } = 50;

    [Parameter]
    public EventCallback<int> PageChanged { get; set; }

    [Parameter]
    public string? BestRunId { get; set; }

    /// <summary>Ids of selected runs, on this page or others.</summary>
    [Parameter]
    public IReadOnlySet<string> Selected { get; set; } = new HashSet<string>();

    [Parameter]
    public EventCallback<IReadOnlySet<string>> SelectedChanged { get; set; }

    private IReadOnlyList<string> OtherMetrics =>
        [.. MetricChoices.Of([]).Where(metric => metric != Facts.Objective.Metric)];

    private bool AllSelected => Runs.Items.Count > 0 && Runs.Items.All(run => Selected.Contains(run.Id));

    private static bool IsNumber(HyperparameterDefinition axis) => axis.Kind is HyperparameterKind.Integer or HyperparameterKind.Number;

    private Task ToggleAsync(string runId)
    {
        var next = new HashSet<string>(Selected);
        if (!next.Remove(runId))
        {
            next.Add(runId);
        }

        return SelectedChanged.InvokeAsync(next);
    }

    private Task ToggleAllAsync()
    {
        IEnumerable<string> shown = Runs.Items.Select(run => run.Id);
        HashSet<string> next = [.. AllSelected ? Selected.Except(shown) : Selected.Union(shown)];
        return SelectedChanged.InvokeAsync(next);
    }
}
