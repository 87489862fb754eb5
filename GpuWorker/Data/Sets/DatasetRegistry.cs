using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Every data set that can be read. To add one: a file with its reader, a line here, and a line in the contracts' DatasetCatalog.</summary>
public static class DatasetRegistry
{
    public static Registry<IDatasetReader> All { get; } = new("data set", new Dictionary<string, IDatasetReader>
    {
        ["digits"] = new DigitsReader(),
        ["cifar10"] = new CifarReader(CifarLayout.Cifar10),
        ["cifar100"] = new CifarReader(CifarLayout.Cifar100),
        ["mnist"] = IdxReader.Mnist,
        ["fashion-mnist"] = IdxReader.FashionMnist,
        ["imagefolder"] = new ImageFolderReader(),
    });
}
