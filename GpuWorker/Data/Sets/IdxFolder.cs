using Experiments.GpuWorker.Basics;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Opens a data set of four idx files named as MNIST's, each optionally compressed with gzip.</summary>
internal static class IdxFolder
{
    /// <param name="root">The folder with the files, or with torchvision's folder.</param>
    /// <param name="dataset">mnist or fashion-mnist.</param>
    /// <exception cref="TrainingException">The files are invalid (kind Data).</exception>
    public static DatasetContents Open(string root, string dataset, IReadOnlyList<string> classes)
    {
        string folder = PublishedLayout.TorchvisionFolder(root, dataset);
        string[] files =
        [
            Find(folder, "train-images-idx3-ubyte"),
            Find(folder, "train-labels-idx1-ubyte"),
            Find(folder, "t10k-images-idx3-ubyte"),
            Find(folder, "t10k-labels-idx1-ubyte"),
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
