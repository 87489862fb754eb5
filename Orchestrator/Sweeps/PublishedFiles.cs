using Experiments.Contracts.Catalog;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>Looks whether a folder can be that of a published data set, by the names of its files alone. Workers check the files themselves.</summary>
internal static class PublishedFiles
{
    private const string Packed = ".gz";

    /// <summary>Where torchvision unpacks MNIST and Fashion-MNIST.</summary>
    private static readonly string[] Folders = ["", "MNIST/raw/", "FashionMNIST/raw/"];

    /// <returns>Null where at least one file is there, or split folders of class folders may be.</returns>
    public static string? WhyAbsent(DatasetInfo dataset, DatasetDownload download, string folder)
    {
        string[] names = [.. download.Files.SelectMany(file => file.Members.Count > 0 ? file.Members.SelectMany(member => new[] { member, Path.GetFileName(member) }) : [file.Name, Unpacked(file.Name)])];
        return Folders.Any(below => names.Any(name => File.Exists(Path.Combine(folder, below + name)))) || ImageFolder.HasSplits(folder)
            ? null
            : $"\"{folder}\" holds none of the files of {dataset.Name}, such as {Unpacked(Path.GetFileName(names[0]))}; allowed: the folder that they lie in, or no path, to download them";
    }

    private static string Unpacked(string name) => name.EndsWith(Packed, StringComparison.Ordinal) ? name[..^Packed.Length] : name;
}
