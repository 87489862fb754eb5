using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <content>The page's choices, as they are in its address.</content>
public sealed partial class ComparePage
{
    private const string UsualMeasure = "f1";
    private const string ColorKey = "color";
    private const string PanelsKey = "panels";

    /// <summary>Ids of runs, separated by commas.</summary>
    [SupplyParameterFromQuery]
    public string? Ids { get; set; }

    /// <summary>The run that others are compared to; by default the first.</summary>
    [SupplyParameterFromQuery]
    public string? Baseline { get; set; }

    /// <summary>Ids of the highlighted runs.</summary>
    [SupplyParameterFromQuery]
    public string? Pick { get; set; }

    /// <summary>Shows also hyperparameters that are the same in all runs.</summary>
    [SupplyParameterFromQuery(Name = nameof(All))]
    public string? AllText { get; set; }

    /// <summary>A hyperparameter or metric, with the prefix <c>-</c> for descending.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    /// <summary>See <see cref="PanelList"/>.</summary>
    [SupplyParameterFromQuery(Name = PanelsKey)]
    public string? PanelsText { get; set; }

    /// <summary>From links of versions in which all charts shared their axes, like Log and LogX.</summary>
    [SupplyParameterFromQuery]
    public string? Metrics { get; set; }

    [SupplyParameterFromQuery]
    public string? Log { get; set; }

    [SupplyParameterFromQuery]
    public string? LogX { get; set; }

    /// <summary>See <see cref="CurveQuery"/>, as for X.</summary>
    [SupplyParameterFromQuery]
    public string? Smooth { get; set; }

    [SupplyParameterFromQuery]
    public string? X { get; set; }

    /// <summary>See <see cref="RunColoring"/>.</summary>
    [SupplyParameterFromQuery(Name = ColorKey)]
    public string? ColorBy { get; set; }

    /// <summary>f1, precision or recall.</summary>
    [SupplyParameterFromQuery]
    public string? Measure { get; set; }

    /// <summary>Sorts classes by how much the runs differ.</summary>
    [SupplyParameterFromQuery(Name = nameof(Spread))]
    public string? SpreadText { get; set; }

    /// <summary>The run whose confusion matrix is on the left.</summary>
    [SupplyParameterFromQuery]
    public string? Left { get; set; }

    [SupplyParameterFromQuery]
    public string? Right { get; set; }

    private bool All => QueryValue.IsOn(AllText);

    private bool Spread => QueryValue.IsOn(SpreadText);

    private IReadOnlyList<string> AllIds => CompareQuery.Split(Ids);

    private IReadOnlyList<string> RunIds => [.. AllIds.Take(OrchestratorClient.MostCompared)];

    private int LeftOut => Math.Max(0, AllIds.Count - OrchestratorClient.MostCompared);

    private HashSet<string> Picked => CompareQuery.Split(Pick).Where(id => _runs.Any(run => run.Id == id)).ToHashSet();

    private PanelList Panels => CompareQuery.Panels(PanelsText, Metrics, QueryValue.IsOn(LogX), QueryValue.IsOn(Log));

    private IReadOnlyList<string> ShownMetrics => Panels.Metrics;

    private CurveView View => CurveQuery.Read(Smooth, X);

    private string BaselineId => Known(Baseline) ?? _runs[0].Id;

    private string LeftId => Known(Left) ?? BaselineId;

    private string RightId => Known(Right) is { } right && right != LeftId ? right : _runs.Select(run => run.Id).First(id => id != LeftId);

    private string? Known(string? id) => _runs.Any(run => run.Id == id) ? id : null;

    private void ChangeMeasure(string measure) => Go((nameof(Measure), measure == UsualMeasure ? null : measure));

    private void ChangeColor(string color) => Go((ColorKey, color == RunColoring.Usual(_runs.Count) ? null : color));

    private void ChangePanels(PanelList panels) =>
        Go((PanelsKey, CompareQuery.ToText(panels)), (nameof(Metrics), null), (nameof(Log), null), (nameof(LogX), null));

    private void ChangeView(CurveView view) => Go(CurveQuery.Write(view));
}
