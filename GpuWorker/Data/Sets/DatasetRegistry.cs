using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Every data set that can be read. To add one: a file with its reader, a line here, and a line in the contracts' DatasetCatalog.</summary>
public static class DatasetRegistry
{
    public static Registry<IDatasetReader> All { get; } = new("data set", new Dictionary<string, IDatasetReader>
    {
        ["digits"] = new DigitsReader(),
        ["cifar10"] = new Cifar10Reader(),
        ["cifar100"] = new Cifar100Reader(),
        ["mnist"] = new MnistReader(),
        ["fashion-mnist"] = new FashionMnistReader(),
        ["imagefolder"] = new ImageFolderReader(),
    });
}
