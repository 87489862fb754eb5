using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <content>Everything that can be chosen on the page, as its address has it.</content>
public sealed partial class ComparePage
{
    private const string UsualMeasure = "f1";

    /// <summary>Ids of runs, separated by commas.</summary>
    [SupplyParameterFromQuery]
    public string? Ids { get; set; }

    /// <summary>The run that the others are held against; the first one unless given.</summary>
    [SupplyParameterFromQuery]
    public string? Baseline { get; set; }

    /// <summary>Ids of the runs to bring to the front.</summary>
    [SupplyParameterFromQuery]
    public string? Pick { get; set; }

    /// <summary>Also hyperparameters that are the same in all runs.</summary>
    [SupplyParameterFromQuery(Name = nameof(All))]
    public string? AllText { get; set; }

    /// <summary>A hyperparameter or metric, <c>-</c> in front for descending.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    /// <summary>What is drawn.</summary>
    [SupplyParameterFromQuery]
    public string? Metrics { get; set; }

    [SupplyParameterFromQuery(Name = nameof(Log))]
    public string? LogText { get; set; }

    [SupplyParameterFromQuery(Name = nameof(LogX))]
    public string? LogXText { get; set; }

    /// <summary>See <see cref="CurveQuery"/>, as for X and LogX.</summary>
    [SupplyParameterFromQuery]
    public string? Smooth { get; set; }

    [SupplyParameterFromQuery]
    public string? X { get; set; }

    /// <summary>f1, precision or recall.</summary>
    [SupplyParameterFromQuery]
    public string? Measure { get; set; }

    /// <summary>Classes in which runs differ most come first.</summary>
    [SupplyParameterFromQuery(Name = nameof(Spread))]
    public string? SpreadText { get; set; }

    /// <summary>The run whose confusion matrix is on the left.</summary>
    [SupplyParameterFromQuery]
    public string? Left { get; set; }

    [SupplyParameterFromQuery]
    public string? Right { get; set; }

    private bool All => QueryValue.IsOn(AllText);

    private bool Log => QueryValue.IsOn(LogText);

    private bool LogX => QueryValue.IsOn(LogXText);

    private bool Spread => QueryValue.IsOn(SpreadText);

    private IReadOnlyList<string> AllIds => CompareQuery.Split(Ids);

    private IReadOnlyList<string> RunIds => [.. AllIds.Take(OrchestratorClient.MostCompared)];

    private int LeftOut => Math.Max(0, AllIds.Count - OrchestratorClient.MostCompared);

    private HashSet<string> Picked => CompareQuery.Split(Pick).Where(id => _runs.Any(run => run.Id == id)).ToHashSet();

    private IReadOnlyList<string> ShownMetrics => CompareQuery.Metrics(Metrics);

    private CurveView View => CurveQuery.Read(Smooth, X, LogX);

    private string BaselineId => Known(Baseline) ?? _runs[0].Id;

    private string LeftId => Known(Left) ?? BaselineId;

    private string RightId => Known(Right) is { } right && right != LeftId ? right : _runs.Select(run => run.Id).First(id => id != LeftId);

    private string? Known(string? id) => _runs.Any(run => run.Id == id) ? id : null;

    private void ChangeMeasure(string measure) => Go((nameof(Measure), measure == UsualMeasure ? null : measure));

    private void ChangeView(CurveView view) => Go(CurveQuery.Write(view));
}
