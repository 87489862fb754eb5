namespace Experiments.Contracts.Catalog;

/// <summary>An architecture that a sweep can name.</summary>
/// <param name="Parameters">Trainable parameters with 10 classes.</param>
/// <param name="HeadParameters">Those of them that stay trainable while the backbone is frozen.</param>
/// <param name="MinimumImageSize">The smallest image side in pixels that the layers can take.</param>
/// <param name="SmallInput">True where there is another stem for images of about 32×32 pixels; the figures are those of the usual one.</param>
public sealed record ModelInfo(
    string Name, string Description, long Parameters, long HeadParameters, int MinimumImageSize, bool SmallInput = false);

/// <summary>
/// The architectures that workers can train. The networks themselves are in GpuWorker; its tests hold both lists together.
/// </summary>
public static class ModelCatalog
{
    public static IReadOnlyList<ModelInfo> All { get; } =
    [
        new("small_cnn", "Three 5×5 convolutions (32, 32, 64) with pooling and two linear layers; trains in seconds.", 145_578, 650, 8),
        new("lenet5", "LeNet-5 with ReLU and max-pooling.", 62_006, 850, 28),
        new("resnet18", "ResNet-18 as in torchvision.", 11_181_642, 5_130, 32, SmallInput: true),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(model => model.Name)];

    /// <summary>The model of that name, or null.</summary>
    public static ModelInfo? Find(string name) => All.FirstOrDefault(model => model.Name == name);
}
