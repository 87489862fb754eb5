using Experiments.Dashboard.Components.Charts.Figures;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Parallel coordinates of all runs; brushes on axes select runs.</summary>
public sealed partial class ParallelCard : ComponentBase
{
    private const int Height = 420;

    private BrushedRuns _brushed = new([], null);
    private string? _chartBrush;
    private string _chartOrder = "";
    private int _revision;

    [Parameter, EditorRequired]
    public required AnalysisData Data { get; set; }

    [Parameter, EditorRequired]
    public required AnalysisBrush Brush { get; set; }

    [Parameter]
    public EventCallback<AnalysisBrush> BrushChanged { get; set; }

    /// <summary>Axis names in the user's order; empty for the default order.</summary>
    [Parameter]
    public IReadOnlyList<string> Order { get; set; } = [];

    [Parameter]
    public EventCallback<IReadOnlyList<string>> OrderChanged { get; set; }

    /// <summary>The address of the runs that meet a condition, or of all for none.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, string> RunsAddress { get; set; }

    [CascadingParameter(Name = "IsDark")]
    public bool IsDark { get; set; }

    protected override void OnParametersSet()
    {
        _brushed = BrushedRuns.Of(Data, Brush);
        string order = string.Join(',', Order);
        if (Brush.ToText() != _chartBrush || order != _chartOrder)
        {
            // The change came from the address, so the chart must be redrawn.
            (_chartBrush, _chartOrder) = (Brush.ToText(), order);
            _revision++;
        }
    }

    private async Task OnBrushedAsync(IReadOnlyList<AxisBrush> axes)
    {
        var brush = AnalysisBrush.FromChart(axes, name => Data.Find(name)?.Scale ?? AxisScale.Linear);
        string[] order = [.. axes.Select(axis => axis.Name)];
        string[] before = Order.Count > 0 ? [.. Order] : [.. Data.Axes.Select(axis => axis.Name), Data.Metric];
        if (!order.SequenceEqual(before))
        {
            _chartOrder = string.Join(',', order);
            await OrderChanged.InvokeAsync(order);
        }

        if (brush.ToText() != _chartBrush)
        {
            _chartBrush = brush.ToText();
            await BrushChanged.InvokeAsync(brush);
        }
    }
}
