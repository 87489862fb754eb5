using Experiments.Contracts.Catalog;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.Orchestrator.Datasets;

/// <summary>
/// Checks whether a folder can be that of a published data set, by the names of its files and folders alone. Workers check the files themselves.
/// </summary>
internal static class PublishedFiles
{
    private const string Packed = ".gz";

    /// <summary>Where torchvision unpacks MNIST and Fashion-MNIST.</summary>
    private static readonly string[] Folders = ["", "MNIST/raw/", "FashionMNIST/raw/"];

    /// <returns>A problem, unless at least one of its files or class folders exists.</returns>
    /// <exception cref="ImageFolderException">There are split folders that cannot be used.</exception>
    public static ProbedDataset Probe(DatasetInfo dataset, DatasetDownload download, string folder, CancellationToken cancellationToken)
    {
        string[] names = [.. download.Files.SelectMany(file => file.Members.Count > 0 ? file.Members.SelectMany(member => new[] { member, Path.GetFileName(member) }) : [file.Name, Unpacked(file.Name)])];
        if (Folders.Any(below => names.Any(name => File.Exists(Path.Combine(folder, below + name)))))
        {
            return new ProbedDataset(null);
        }

        return PublishedClasses.Of(dataset.Name) is { } classes && ImageFolder.HasSplits(folder)
            ? ProbeClasses(dataset.Name, classes, folder, cancellationToken)
            : new ProbedDataset($"\"{folder}\" holds none of the files of {dataset.Name}, such as {Unpacked(Path.GetFileName(names[0]))}; allowed: the folder that contains them, or no path, to download them");
    }

    private static ProbedDataset ProbeClasses(string dataset, IReadOnlyList<string> classes, string folder, CancellationToken cancellationToken)
    {
        var read = ImageFolder.Read(folder, cancellationToken);
        string? problem = PublishedClassFolders.DescribeMismatch(folder, dataset, classes, read.Classes, read.Test is not null);
        return new ProbedDataset(problem, problem is null ? read : null);
    }

    private static string Unpacked(string name) => name.EndsWith(Packed, StringComparison.Ordinal) ? name[..^Packed.Length] : name;
}
