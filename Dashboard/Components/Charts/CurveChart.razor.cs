using Experiments.Contracts.Metrics;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plotly.Blazor;
using PlotlyLayout = Plotly.Blazor.Layout;

namespace Experiments.Dashboard.Components.Charts;

public sealed partial class CurveChart : ComponentBase
{
    private readonly ChartDrawing _drawing = new();
    private PlotlyChart? _chart;
    private IList<ITrace> _traces = [];
    private PlotlyLayout? _layout;
    private ChartStep? _next;
    private bool _isReady;

    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ChartLine> Lines { get; set; }

    [Parameter]
    public int Height { get; set; } = 320;

    [Parameter]
    public bool LogScale { get; set; }

    /// <summary>Shown while there is no point at all.</summary>
    [Parameter]
    public string EmptyText { get; set; } = "No points yet";

    [CascadingParameter(Name = "IsDark")]
    public bool IsDark { get; set; }

    private string StepName => MetricNames.IsPerIteration(Metric) ? "iteration" : "epoch";

    private string Description => $"{Metric} by {StepName}, {Lines.Count} {(Lines.Count == 1 ? "curve" : "curves")}";

    protected override void OnParametersSet()
    {
        var look = ChartAppearance.For(Metric, StepName, Lines, IsDark, LogScale);
        ChartStep step = _drawing.Advance(Lines, look);
        bool nothingWaits = _isReady && _next is null;
        if (!step.Redraw && nothingWaits)
        {
            _next = step;
            return;
        }

        _traces = ChartFigure.Traces(Lines, look);
        _layout = ChartFigure.Layout(look, Height);
        _next = ChartStep.All;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isReady || _next is not { } step || _chart is null)
        {
            return;
        }

        _next = null;
        try
        {
            await DrawAsync(_chart, step);
        }
        catch (JSDisconnectedException)
        {
            // The browser has left; so has the chart.
        }
    }

    private static async Task DrawAsync(PlotlyChart chart, ChartStep step)
    {
        if (step.Redraw)
        {
            await chart.React();
        }
        else if (step.Extensions.Count > 0)
        {
            await chart.ExtendTraces(
                step.Extensions.Select(extension => extension.Points.Select(ChartFigure.X)),
                step.Extensions.Select(extension => extension.Points.Select(ChartFigure.Y)),
                step.Extensions.Select(extension => extension.Index));
        }
    }

    /// <summary>Plotly is loaded and has drawn what was there at first; what came since is drawn now.</summary>
    private void OnDrawn()
    {
        if (!_isReady)
        {
            _isReady = true;
            StateHasChanged();
        }
    }
}
