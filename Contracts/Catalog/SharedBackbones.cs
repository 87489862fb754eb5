namespace Experiments.Contracts.Catalog;

/// <summary>Which models can start from the weights of a run of another model.</summary>
public static class SharedBackbones
{
    /// <summary>The models from whose weights a model can start: itself first.</summary>
    public static IReadOnlyList<string> SourcesOf(string model) => ModelCatalog.FindArchitecture(model)?.Backbone is { } backbone
        ? [model, .. ModelCatalog.Architectures.Where(other => other.Backbone == backbone).Select(other => other.Info.Name).Where(name => name != model), backbone]
        : [model];
}
