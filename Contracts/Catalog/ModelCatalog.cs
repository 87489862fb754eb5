namespace Experiments.Contracts.Catalog;

/// <summary>An architecture that a sweep can name.</summary>
/// <param name="Parameters">Trainable parameters with 10 classes and, where they depend on it, images of 224×224 pixels.</param>
/// <param name="HeadParameters">The parameters that stay trainable while the backbone is frozen.</param>
/// <param name="MinimumImageSize">The smallest image side in pixels that the layers can take.</param>
/// <param name="UsualImageSize">The image side in pixels that the architecture was made for.</param>
/// <param name="SmallInput">True where there is another stem for images of about 32×32 pixels; the figures are those of the usual one.</param>
/// <param name="BatchNorm">True where layers normalize by the statistics of a batch.</param>
public sealed record ModelInfo(
    string Name, string Description, long Parameters, long HeadParameters, int MinimumImageSize, bool SmallInput = false, int UsualImageSize = 224, bool BatchNorm = false);

/// <summary>
/// The architectures that workers can train. The networks themselves are in GpuWorker; its tests keep both lists in sync.
/// </summary>
public static class ModelCatalog
{
    /// <summary>The models with everything registered about them, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<Architecture> Architectures { get; } = [.. ModelFamilies.All.SelectMany(family => family.Architectures)];

    /// <summary>In the order in which forms list them: by family, then by size.</summary>
    public static IReadOnlyList<ModelInfo> All { get; } = [.. Architectures.Select(architecture => architecture.Info)];

    /// <summary>The names of <see cref="All"/>, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(model => model.Name)];

    /// <summary>The model of that name, or null.</summary>
    public static ModelInfo? Find(string name) => FindArchitecture(name)?.Info;

    /// <summary>The model of that name with everything registered about it, or null.</summary>
    public static Architecture? FindArchitecture(string name) => Architectures.FirstOrDefault(architecture => architecture.Info.Name == name);
}
