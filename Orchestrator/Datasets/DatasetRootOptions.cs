namespace Experiments.Orchestrator.Datasets;

/// <summary>The section <c>Datasets</c> of the configuration.</summary>
public sealed class DatasetRootOptions
{
    public const string Section = "Datasets";
    public const string RootsKey = $"{Section}:{nameof(Roots)}";

    /// <summary>Folders that data sets may lie in; any folder when there is none.</summary>
    public IList<string> Roots { get; } = [];
}
