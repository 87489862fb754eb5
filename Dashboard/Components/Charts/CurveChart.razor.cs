using Experiments.Contracts.Metrics;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Charts;

public sealed partial class CurveChart : ComponentBase, IAsyncDisposable
{
    private readonly string _id = $"curves-{Guid.NewGuid():N}";
    private readonly ChartDrawing _drawing = new();
    private readonly Queue<Picture> _waiting = new();

    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ChartLine> Lines { get; set; }

    /// <summary>Pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 320;

    [Parameter]
    public bool LogScale { get; set; }

    /// <summary>Whether the y axis leaves out outlier curves.</summary>
    [Parameter]
    public bool IgnoresOutliers { get; set; }

    /// <summary>Smoothing and the unit of the x axis.</summary>
    [Parameter]
    public CurveView View { get; set; } = CurveView.Plain;

    /// <summary>Shown while there are no points.</summary>
    [Parameter]
    public string EmptyText { get; set; } = "No points yet";

    [CascadingParameter(Name = "IsDark")]
    public bool IsDark { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private string StepName => MetricNames.IsPerIteration(Metric) ? "iteration" : "epoch";

    private int Count => Lines.Count(line => line.Part == LinePart.Curve);

    private string Description =>
        $"{Metric} by {(View.X == CurveX.Time ? "time" : StepName)}, {Count} {(Count == 1 ? "curve" : "curves")}{(Outside > 0 ? $", {OutsideText}" : "")}";

    private int Outside { get; set; }

    private string OutsideText => $"{Outside} {(Outside == 1 ? "curve reaches" : "curves reach")} beyond the axis";

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Js.InvokeVoidAsync("dashboardCurves.forget", _id);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser disconnected, so there is no chart to draw.
        }
    }

    protected override void OnParametersSet()
    {
        // Two hundred empty lines take as long to draw as some with points.
        IReadOnlyList<ChartLine> lines = [.. Lines.Where(line => line.Curve.Points.Count > 0)];
        var look = ChartAppearance.For(Metric, StepName, lines, IsDark, LogScale, View, IgnoresOutliers);
        Outside = look.Range?.Outside ?? 0;
        ChartStep step = _drawing.Advance(lines, look);
        if (step.IsNeeded)
        {
            // Copied now, since the page's thread may add points before the chart is drawn.
            _waiting.Enqueue(new Picture(step.Restyle ? CurveFigure.Of(lines, look, Height) : null, CurvePoints.Of(lines, step.Updates, look)));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        while (_waiting.TryDequeue(out Picture? picture))
        {
            try
            {
                await Js.InvokeVoidAsync("dashboardCurves.draw", _id, picture.Figure, picture.Points.Lines, picture.Points.Bytes);
            }
            catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
            {
                // The browser disconnected, so there is no chart to draw.
            }
        }
    }

    private sealed record Picture(object? Figure, CurvePoints Points);
}
