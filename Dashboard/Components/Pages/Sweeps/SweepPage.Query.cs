using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <content>The page's choices, as they are in its address.</content>
public sealed partial class SweepPage
{
    /// <summary>A hyperparameter or metric, with the prefix <c>-</c> for descending.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>A condition on runs.</summary>
    [SupplyParameterFromQuery]
    public string? Filter { get; set; }

    /// <summary>See <see cref="ColumnLayout"/>.</summary>
    [SupplyParameterFromQuery(Name = "cols")]
    public string? Columns { get; set; }

    /// <summary>Hyperparameters to group runs by, separated by commas.</summary>
    [SupplyParameterFromQuery]
    public string? Group { get; set; }

    [SupplyParameterFromQuery]
    public string? GroupSort { get; set; }

    /// <summary>From 1.</summary>
    [SupplyParameterFromQuery(Name = nameof(GroupPage))]
    public string? GroupPageText { get; set; }

    /// <summary>See <see cref="PanelList"/>.</summary>
    [SupplyParameterFromQuery(Name = PanelsKey)]
    public string? PanelsText { get; set; }

    /// <summary>From links of versions with a single chart, like Log and LogX.</summary>
    [SupplyParameterFromQuery]
    public string? Metric { get; set; }

    [SupplyParameterFromQuery]
    public string? Log { get; set; }

    [SupplyParameterFromQuery]
    public string? LogX { get; set; }

    /// <summary>See <see cref="CurveQuery"/>, as for X.</summary>
    [SupplyParameterFromQuery]
    public string? Smooth { get; set; }

    [SupplyParameterFromQuery]
    public string? X { get; set; }

    /// <summary><c>row</c> for a separate scale for each trend in the table.</summary>
    [SupplyParameterFromQuery]
    public string? Scale { get; set; }

    /// <summary>See <see cref="TableSelection"/>.</summary>
    [SupplyParameterFromQuery(Name = "runs")]
    public string? SelectedRuns { get; set; }

    /// <summary>Chosen, or else the objective alone.</summary>
    private PanelList Panels => PanelList.Parse(PanelsText)
        ?? new PanelList([new ChartPanel(Metric ?? _facts!.Objective.Metric, QueryValue.IsOn(LogX), QueryValue.IsOn(Log))]);

    private int? GroupPage => GroupPageText is null ? null : QueryValue.Page(GroupPageText);

    private CurveView View => CurveQuery.Read(Smooth, X);

    private RunsTableState Table => new()
    {
        Sort = Sort,
        Status = Status,
        Filter = Filter,
        Columns = Columns,
        Selected = SelectedRuns,
        Group = Group,
        GroupSort = GroupSort,
        GroupPage = GroupPage,
        ScalesRows = Scale == RowScale,
    };
}
