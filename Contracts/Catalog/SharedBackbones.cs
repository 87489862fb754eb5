namespace Experiments.Contracts.Catalog;

/// <summary>Which models can begin with the weights that a run of another model left.</summary>
public static class SharedBackbones
{
    /// <summary>The models whose runs' weights a model can begin with: itself first.</summary>
    public static IReadOnlyList<string> SourcesOf(string model) => ModelCatalog.FindArchitecture(model)?.Backbone is { } backbone
        ? [model, .. ModelCatalog.Architectures.Where(other => other.Backbone == backbone).Select(other => other.Info.Name).Where(name => name != model), backbone]
        : [model];
}
