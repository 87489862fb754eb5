
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The content of a column.</summary>
public enum TableColumnKind
{
    Status,
    Metric,

    /// <summary>A sparkline of the objective.</summary>
    Curve,
    Hyperparameter,
    Tags,
    Notes,
    Fact,
}

/// <summary>A column of a table of runs.</summary>
/// <param name="Key">Its key in the address and as sort order.</param>
/// <param name="Width">In pixels, fixed, so that nothing moves while rows come and go.</param>
public sealed record TableColumn(string Key, string Label, string Title, TableColumnKind Kind, int Width, bool IsNumber)
{
    public bool IsSortable => Kind != TableColumnKind.Curve;

    /// <summary>Its hyperparameter, if any.</summary>
    public HyperparameterDefinition? Hyperparameter => Kind == TableColumnKind.Hyperparameter ? HyperparameterCatalog.Find(Key) : null;
}
