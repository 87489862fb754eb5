namespace Experiments.Orchestrator.Datasets;

/// <summary>The section <c>Datasets</c> of the configuration.</summary>
public sealed class DatasetRootOptions
{
    public const string Section = "Datasets";
    public const string RootsKey = $"{Section}:{nameof(Roots)}";

    /// <summary>Folders in which data sets are allowed; any folder when the list is empty.</summary>
    public IList<string> Roots { get; } = [];
}
