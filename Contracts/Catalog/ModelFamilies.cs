namespace Experiments.Contracts.Catalog;

/// <summary>Architectures that belong together.</summary>
public sealed record ModelFamily(string Name, IReadOnlyList<Architecture> Architectures)
{
    /// <summary>The information that users see about the architectures, in the same order.</summary>
    public IReadOnlyList<ModelInfo> Models { get; } = [.. Architectures.Select(architecture => architecture.Info)];
}

/// <summary>The models of the catalog by family, in the order in which they are listed.</summary>
public static class ModelFamilies
{
    /// <summary>Every model of the catalog is in exactly one family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
        [SmallNetworks.Family, Vggs.Family, ResNets.Family, DenseNets.Family, MobileNets.Family, Transformers.Family];
}
