using Experiments.Contracts.Catalog;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.Orchestrator.Datasets;

/// <summary>Looks whether a folder can be that of a published data set, by the names of its files and folders alone. Workers check the files themselves.</summary>
internal static class PublishedFiles
{
    private const string Packed = ".gz";

    /// <summary>Where torchvision unpacks MNIST and Fashion-MNIST.</summary>
    private static readonly string[] Folders = ["", "MNIST/raw/", "FashionMNIST/raw/"];

    /// <returns>A problem, unless at least one file is there, or class folders of its classes are.</returns>
    /// <exception cref="ImageFolderException">There are split folders that cannot be used.</exception>
    public static DatasetLook Look(DatasetInfo dataset, DatasetDownload download, string folder, CancellationToken cancellationToken)
    {
        string[] names = [.. download.Files.SelectMany(file => file.Members.Count > 0 ? file.Members.SelectMany(member => new[] { member, Path.GetFileName(member) }) : [file.Name, Unpacked(file.Name)])];
        if (Folders.Any(below => names.Any(name => File.Exists(Path.Combine(folder, below + name)))))
        {
            return new DatasetLook(null);
        }

        return PublishedClasses.Of(dataset.Name) is { } classes && ImageFolder.HasSplits(folder)
            ? LookAtClasses(dataset.Name, classes, folder, cancellationToken)
            : new DatasetLook($"\"{folder}\" holds none of the files of {dataset.Name}, such as {Unpacked(Path.GetFileName(names[0]))}; allowed: the folder that they lie in, or no path, to download them");
    }

    private static DatasetLook LookAtClasses(string dataset, IReadOnlyList<string> classes, string folder, CancellationToken cancellationToken)
    {
        var read = ImageFolder.Read(folder, cancellationToken);
        string? problem = PublishedClassFolders.WhyOthers(folder, dataset, classes, read.Classes, read.Test is not null);
        return new DatasetLook(problem, problem is null ? read : null);
    }

    private static string Unpacked(string name) => name.EndsWith(Packed, StringComparison.Ordinal) ? name[..^Packed.Length] : name;
}
