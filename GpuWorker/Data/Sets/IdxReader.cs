using Experiments.GpuWorker.Basics;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Opens a data set of four idx files named as MNIST's, each optionally compressed with gzip.</summary>
/// <param name="dataset">mnist or fashion-mnist.</param>
internal sealed class IdxReader(string dataset, IReadOnlyList<string> classes) : IDatasetReader
{
    /// <summary>MNIST (LeCun, Cortes and Burges, 1998): handwritten digits.</summary>
    public static IdxReader Mnist { get; } = new("mnist", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

    /// <summary>Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): clothes, in MNIST's form.</summary>
    public static IdxReader FashionMnist { get; } = new(
        "fashion-mnist", ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]);

    /// <param name="folder">The folder with the files, or with torchvision's folder.</param>
    /// <exception cref="TrainingException">The files are invalid (kind Data).</exception>
    public DatasetContents Open(string? folder)
    {
        string root = folder ?? throw new ArgumentNullException(nameof(folder));
        string found = PublishedLayout.TorchvisionFolder(root, dataset);
        string[] files =
        [
            Find(found, "train-images-idx3-ubyte"),
            Find(found, "train-labels-idx1-ubyte"),
            Find(found, "t10k-images-idx3-ubyte"),
            Find(found, "t10k-labels-idx1-ubyte"),
        ];
        return new DatasetContents(
            classes,
            new IdxSource(files[0], files[1], classes.Count),
            Validation: null,
            new IdxSource(files[2], files[3], classes.Count),
            FileSet.Look(root, files).Stamp([]));
    }

    private static string Find(string folder, string name) =>
        PublishedLayout.FindPacked(folder, name) ?? throw DatasetErrors.Bad($"\"{folder}\" has neither {name} nor {name}.gz");
}
