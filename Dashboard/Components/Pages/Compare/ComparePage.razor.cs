using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>Runs side by side: where their configurations differ, and their curves one over the other. The selection is in the address.</summary>
public sealed partial class ComparePage : LivePage
{
    private const int PointsPerCurve = 1000;

    /// <summary>What has one value per epoch; losses of single batches would be most of the traffic and are not shown.</summary>
    private static readonly IReadOnlyList<string> Compared =
    [
        .. MetricNames.Objectives, MetricNames.TestAccuracy, MetricNames.TestLoss,
        MetricNames.LearningRate, MetricNames.ImagesPerSecond, MetricNames.EpochSeconds,
    ];

    private IReadOnlyList<RunView> _runs = [];
    private IReadOnlyList<RunStyle> _styles = [];
    private ComparedRuns _compared = new([], []);
    private SweepView? _sweep;
    private LiveCurves? _live;
    private string? _followed;

    /// <summary>Ids of runs, separated by commas.</summary>
    [SupplyParameterFromQuery]
    public string? Ids { get; set; }

    [Inject]
    private LiveMetrics Live { get; set; } = default!;

    /// <summary>Live points come by themselves; reading everything again is for the table and for gaps.</summary>
    protected override TimeSpan ReloadInterval => TimeSpan.FromSeconds(3);

    private IReadOnlyList<string> RunIds => [.. (Ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>The sweep that all of the runs belong to, if there is one.</summary>
    private string? SweepId => _runs.Select(run => run.SweepId).Distinct().Take(2).ToList() is [{ } id] ? id : null;

    private IReadOnlyList<string> Metrics =>
        MetricChoices.Sort([.. MetricNames.Objectives, .. _live!.Store.Metrics.Where(metric => !MetricNames.IsPerIteration(metric))]);

    protected override async Task OnParametersSetAsync()
    {
        if (_followed != Ids || _live is null)
        {
            await LeaveAsync();
            Forget();
            _followed = Ids;
            var wanted = RunIds.ToHashSet();
            _live = new LiveCurves(Live, Clock, Loggers.CreateLogger<ComparePage>(), batch => wanted.Contains(batch.RunId), () => InvokeAsync(ShowNewPoints));
        }

        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = RunIds;
        IReadOnlyList<RunComparison> comparisons = ids.Count == 0 ? [] : await Orchestrator.CompareAsync(ids, Compared, PointsPerCurve, cancellationToken);
        var byId = comparisons.SelectMany(comparison => comparison.Runs).ToDictionary(run => run.Id);
        _runs = [.. ids.Where(byId.ContainsKey).Select(id => byId[id])];
        _styles = RunPalette.Distinct(_runs.Select(run => run.Cell));
        _compared = _runs.Count == 0 ? new ComparedRuns([], []) : ComparedRuns.Of(_runs);
        if (_sweep?.Id != SweepId)
        {
            _sweep = SweepId is { } sweepId ? await Orchestrator.GetSweepAsync(sweepId, cancellationToken) : null;
        }

        _live!.TakeInbox();
        foreach (RunComparison comparison in comparisons)
        {
            _live.Store.Add(comparison);
        }
    }

    protected override bool Concerns(ChangeEvent change) => change.Kind switch
    {
        ChangeKind.Run => RunIds.Contains(change.Id),
        // Many changes of runs may come as one of their sweep.
        ChangeKind.Sweep => _runs.Any(run => run.SweepId == change.SweepId),
        _ => false,
    };

    protected override ValueTask LeaveAsync() => _live?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void ShowNewPoints()
    {
        _live!.TakeInbox();
        StateHasChanged();
    }

    private double? BestOf(string metric)
    {
        IEnumerable<double> values = _runs.Select(run => run.Summary.GetValueOrDefault(metric)?.Best).OfType<double>();
        return MetricNames.GoalOf(metric) == Goal.Maximize
            ? values.Select(value => (double?)value).Max()
            : values.Select(value => (double?)value).Min();
    }

    private IReadOnlyList<ChartLine> LinesOf(string metric) =>
        [.. _runs.Zip(_styles, (run, style) => new ChartLine(run.Id, RunText.Title(run, _compared.Differing), style, _live!.Store.Get(metric, run.Id)))];
}
