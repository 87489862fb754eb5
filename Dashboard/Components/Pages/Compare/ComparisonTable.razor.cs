using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>The compared runs and their results; also the legend of the charts: hovering over a row highlights its curves.</summary>
public sealed partial class ComparisonTable : ComponentBase
{
    private Dictionary<string, double?> _best = [];
    private object? _shown;
    private bool _isChanged;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ComparedRun> Runs { get; set; }

    [Parameter, EditorRequired]
    public required ComparedRuns Compared { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Metrics { get; set; }

    [Parameter, EditorRequired]
    public required string BaselineId { get; set; }

    [Parameter]
    public EventCallback<string> BaselineChanged { get; set; }

    /// <summary>Ids of highlighted runs.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlySet<string> Picked { get; set; }

    [Parameter]
    public EventCallback<string> PickChanged { get; set; }

    /// <summary>Whether to show hyperparameters that are the same in all runs.</summary>
    [Parameter]
    public bool All { get; set; }

    [Parameter]
    public EventCallback<bool> AllChanged { get; set; }

    [Parameter]
    public string? Sort { get; set; }

    [Parameter]
    public EventCallback<string?> SortChanged { get; set; }

    /// <summary>The user removed a run from the comparison.</summary>
    [Parameter]
    public EventCallback<string> Remove { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private RunView Baseline => Runs.First(run => run.Id == BaselineId).Run;

    private IEnumerable<string> Keys => All ? [.. Compared.Differing, .. Compared.Shared.Select(pair => pair.Key)] : Compared.Differing;

    private IEnumerable<ComparedRun> Ordered
    {
        get
        {
            var byId = Runs.ToDictionary(run => run.Id);
            return RunOrder.Of([.. Runs.Select(run => run.Run)], Sort).Select(run => byId[run.Id]);
        }
    }

    protected override void OnParametersSet()
    {
        object wanted = (Runs, BaselineId, string.Join(',', Picked), All, Sort, string.Join(',', Metrics));
        _isChanged = !wanted.Equals(_shown);
        _shown = wanted;
        if (_isChanged)
        {
            _best = Metrics.ToDictionary(metric => metric, BestOfAll);
        }
    }

    /// <summary>Skips live points, which arrive several times a second and change nothing here.</summary>
    protected override bool ShouldRender() => _isChanged;

    private static double? BestOf(RunView run, string metric) => run.Summary.GetValueOrDefault(metric)?.Best;

    private bool IsOther(RunView run, string key) => run.Id != BaselineId && RunText.Value(run, key) != RunText.Value(Baseline, key);

    private double? BestOfAll(string metric)
    {
        IEnumerable<double?> values = Runs.Select(run => BestOf(run.Run, metric));
        return metric == MetricNames.LearningRate ? null : MetricNames.GoalOf(metric) == Goal.Maximize ? values.Max() : values.Min();
    }
}
