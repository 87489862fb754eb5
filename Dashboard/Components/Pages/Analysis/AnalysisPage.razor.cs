using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Analyzes how a metric depends on a sweep's hyperparameters. All choices are in the address.</summary>
public sealed partial class AnalysisPage : SweepTabPage
{
    private const string FilterKey = "filter";
    private const string AllRuns = "all";
    private const string CompletedRuns = "completed";

    private AnalysisData? _data;
    private ImportanceView? _importance;
    private string? _filterProblem;
    private (string, string?, bool, string?)? _loaded;

    /// <summary>The metric to explain; null for the sweep's objective.</summary>
    [SupplyParameterFromQuery]
    public string? Metric { get; set; }

    /// <summary>Includes runs that have not completed.</summary>
    [SupplyParameterFromQuery(Name = nameof(All))]
    public string? AllText { get; set; }

    /// <summary>A condition on runs.</summary>
    [SupplyParameterFromQuery]
    public string? Filter { get; set; }

    /// <summary>See <see cref="AnalysisBrush"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Brush { get; set; }

    /// <summary>The order of the parallel axes, separated by commas.</summary>
    [SupplyParameterFromQuery]
    public string? Axes { get; set; }

    /// <summary>The hyperparameter across the heat map.</summary>
    [SupplyParameterFromQuery]
    public string? X { get; set; }

    /// <summary>The hyperparameter up the heat map.</summary>
    [SupplyParameterFromQuery]
    public string? Y { get; set; }

    /// <summary>What a cell of the heat map shows, see <see cref="HeatMapValue"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Cell { get; set; }

    /// <summary>What the metric is weighed against, see <see cref="ParetoObjective"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Pareto { get; set; }

    /// <summary>Reading all runs of a large sweep is expensive, and results change slowly.</summary>
    protected override TimeSpan ReloadInterval => TimeSpan.FromSeconds(5);

    private bool All => QueryValue.IsOn(AllText);

    private string ShownMetric => Metric ?? Facts!.Objective.Metric;

    private IReadOnlyList<string> Metrics =>
        [.. MetricChoices.Sort([.. MetricChoices.Of(Best is null ? [] : [Best]).Where(metric => HyperparameterCatalog.Find(metric) is null), .. NotDuration(ShownMetric)]), AnalysisText.Duration];

    private string RunsChoice => All ? AllRuns : CompletedRuns;

    private string? Status => All ? null : EnumText.Of(RunStatus.Completed);

    private string Note => _data!.Without == 0
        ? AnalysisText.Runs(_data.Count)
        : $"{AnalysisText.Runs(_data.Count)}, {Numbers.Count(_data.Without)} more without a value";

    protected override async Task OnParametersSetAsync()
    {
        // Choices that concern the same runs need no reload.
        if (_loaded != (Id, Metric, All, Filter))
        {
            await base.OnParametersSetAsync();
        }
    }

    protected override async Task LoadTabAsync(SweepView sweep, SweepFacts facts, RunView? best, CancellationToken cancellationToken)
    {
        (string, string?, bool, string?) asked = (Id, Metric, All, Filter);
        (string id, string? status, string? filter) = (Id, Status, Filter);
        string metric = Metric ?? facts.Objective.Metric;
        string[] names = [.. facts.Axes.Select(axis => axis.Name).Where(name => name != metric)];
        try
        {
            RunColumns runs = await Orchestrator.GetColumnsAsync(id, [.. names, metric], status, filter, cancellationToken);
            var data = AnalysisData.Of(runs, metric, AnalysisText.GoalOf(metric, facts.Objective), names);
            if (_data?.ShowsTheSameAs(data) != true)
            {
                _importance = await Orchestrator.GetImportanceAsync(id, metric, status, filter, cancellationToken);
                _data = data;
            }

            _filterProblem = null;
        }
        catch (OrchestratorException problem) when (problem.Errors.TryGetValue(FilterKey, out string[]? reasons))
        {
            _filterProblem = string.Join("; ", reasons);
            _data ??= AnalysisData.Of(new RunColumns { Ids = [], Cells = [], Statuses = [], Columns = new Dictionary<string, IReadOnlyList<ColumnValue>> { [metric] = [] } }, metric, Goal.Maximize, []);
        }

        _loaded = asked;
    }

    private static IEnumerable<string> NotDuration(string metric) => metric == AnalysisText.Duration ? [] : [metric];

    /// <summary>The address of the runs that meet a condition in addition to this page's filter.</summary>
    private string RunsAddress(string? condition)
    {
        string[] conditions = [.. new[] { Filter is { Length: > 0 } && condition is not null ? $"({Filter})" : Filter, condition }.OfType<string>().Where(part => part.Length > 0)];
        return QueryText.With($"sweeps/{Id}", ("filter", string.Join(" and ", conditions)), ("status", Status));
    }
}
