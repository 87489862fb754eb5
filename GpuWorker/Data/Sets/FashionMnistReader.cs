namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): clothes, in MNIST's form.</summary>
public sealed class FashionMnistReader : IDatasetReader
{
    public DatasetContents Open(string? folder) => IdxFolder.Open(
        folder ?? throw new ArgumentNullException(nameof(folder)),
        "fashion-mnist",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]);
}
