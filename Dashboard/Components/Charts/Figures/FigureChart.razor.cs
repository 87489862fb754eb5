using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plotly.Blazor;

namespace Experiments.Dashboard.Components.Charts.Figures;

public sealed partial class FigureChart : ComponentBase, IDisposable
{
    private PlotlyChart? _chart;
    private Figure? _figure;
    private object? _drawnKey;
    private DotNetObjectReference<FigureChart>? _self;
    private bool _isReady;
    private bool _isStale;

    /// <summary>Everything that the figure depends on; compared by value.</summary>
    [Parameter, EditorRequired]
    public required object Key { get; set; }

    /// <summary>Makes the figure. Called when <see cref="Key"/> has changed.</summary>
    [Parameter, EditorRequired]
    public required Func<Figure> Draw { get; set; }

    /// <summary>The description for screen readers.</summary>
    [Parameter, EditorRequired]
    public required string Description { get; set; }

    /// <summary>Pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 320;

    /// <summary>The user brushed or moved axes of parallel coordinates: all axes in their order.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<AxisBrush>> Brushed { get; set; }

    /// <summary>The user zoomed the x axis; null for the full range.</summary>
    [Parameter]
    public EventCallback<AxisZoom?> Zoomed { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    /// <summary>Called by charts.js.</summary>
    [JSInvokable]
    public Task OnBrushed(IReadOnlyList<AxisBrush> axes) => Brushed.InvokeAsync(axes);

    /// <summary>Called by charts.js with the ends of the x axis, or nothing.</summary>
    [JSInvokable]
    public Task OnZoomed(string? from, string? to) => Zoomed.InvokeAsync(from is null || to is null ? null : new AxisZoom(from, to));

    public void Dispose() => _self?.Dispose();

    protected override void OnParametersSet()
    {
        if (Equals(Key, _drawnKey))
        {
            return;
        }

        _drawnKey = Key;
        _isStale = _figure is not null;
        _figure = Draw();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isReady || _chart is null)
        {
            return;
        }

        if (_self is null)
        {
            _self = DotNetObjectReference.Create(this);
            await TryAsync(() => Js.InvokeVoidAsync("dashboardCharts.watch", _chart.Id, _self).AsTask());
        }

        if (_isStale)
        {
            _isStale = false;
            await TryAsync(async () =>
            {
                await Js.InvokeVoidAsync("dashboardCharts.idle");
                await _chart.React();
            });
        }
    }

    /// <summary>Plotly has loaded and drawn the first figure; a newer one is drawn now.</summary>
    private void OnDrawn()
    {
        if (!_isReady)
        {
            _isReady = true;
            StateHasChanged();
        }
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (JSDisconnectedException)
        {
            // The browser disconnected, so there is no chart to draw.
        }
    }
}

/// <summary>The brushed ranges of an axis, in its units; none if it is not brushed.</summary>
public sealed record AxisBrush(string Name, IReadOnlyList<double[]> Ranges);

/// <summary>The ends of an axis, as Plotly writes them.</summary>
public sealed record AxisZoom(string From, string To);
