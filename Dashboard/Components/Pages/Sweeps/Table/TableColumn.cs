
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>What the cells of a column hold.</summary>
public enum TableColumnKind
{
    Status,
    Metric,

    /// <summary>The objective's trend, drawn small.</summary>
    Curve,
    Hyperparameter,
    Tags,
    Notes,
    Fact,
}

/// <summary>A column of a table of runs.</summary>
/// <param name="Key">What it is called in the address, and sorted by.</param>
/// <param name="Width">In pixels, the same whatever it holds: nothing moves while rows come and go.</param>
public sealed record TableColumn(string Key, string Label, string Title, TableColumnKind Kind, int Width, bool IsNumber)
{
    public bool IsSortable => Kind != TableColumnKind.Curve;

    /// <summary>The hyperparameter that it shows, if it shows one.</summary>
    public HyperparameterDefinition? Hyperparameter => Kind == TableColumnKind.Hyperparameter ? HyperparameterCatalog.Find(Key) : null;
}
