using Experiments.Contracts.Text;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Two hyperparameters against the metric.</summary>
public sealed partial class HeatMapCard : ComponentBase
{
    private const int RowHeight = 44;
    private const int FewestPixels = 260;
    private const int MostPixels = 640;

    /// <summary>The height of the axis at the bottom.</summary>
    private const int Below = 70;

    private HeatMap? _map;
    private (AnalysisData, string?, string?, string?)? _made;

    [Parameter, EditorRequired]
    public required AnalysisData Data { get; set; }

    /// <summary>The hyperparameter across; null for the first that varies.</summary>
    [Parameter]
    public string? X { get; set; }

    /// <summary>The hyperparameter upwards; null for the next that varies.</summary>
    [Parameter]
    public string? Y { get; set; }

    /// <summary>A <see cref="HeatMapValue"/>; null for the mean.</summary>
    [Parameter]
    public string? Shown { get; set; }

    /// <summary>The user chose hyperparameters.</summary>
    [Parameter]
    public EventCallback<(string X, string Y)> AxesChanged { get; set; }

    [Parameter]
    public EventCallback<string?> ShownChanged { get; set; }

    /// <summary>The address of the runs that meet a condition.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, string> RunsAddress { get; set; }

    [CascadingParameter(Name = "IsDark")]
    public bool IsDark { get; set; }

    private int Height => Math.Clamp((_map!.Y.Groups.Count * RowHeight) + Below, FewestPixels, MostPixels);

    /// <summary>Choosing the other axis's hyperparameter swaps the two.</summary>
    private Task ChooseAsync(string x, string y) =>
        AxesChanged.InvokeAsync(x != y ? (x, y) : (_map!.Y.Axis.Name, _map.X.Axis.Name));

    protected override void OnParametersSet()
    {
        if (_made == (Data, X, Y, Shown))
        {
            return;
        }

        _made = (Data, X, Y, Shown);
        AnalysisAxis? x = Data.Find(X) ?? Data.Axes.FirstOrDefault(axis => axis.Name != Y);
        AnalysisAxis? y = Data.Axes.FirstOrDefault(axis => axis.Name == Y && axis != x) ?? Data.Axes.FirstOrDefault(axis => axis != x);
        HeatMapValue shown = EnumText.TryParse(Shown ?? "", out HeatMapValue value) ? value : HeatMapValue.Mean;
        _map = x is null || y is null ? null : HeatMap.Of(Data, x, y, shown);
    }
}
