using Plotly.Blazor;
using PlotlyLayout = Plotly.Blazor.Layout;

namespace Experiments.Dashboard.Components.Charts.Figures;

/// <summary>A chart in Plotly's terms.</summary>
public sealed record Figure(IList<ITrace> Traces, PlotlyLayout Layout);
