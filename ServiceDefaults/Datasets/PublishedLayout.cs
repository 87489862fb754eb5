using Experiments.Contracts.Catalog;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Finds the files of published data sets in a folder that a path names.</summary>
public static class PublishedLayout
{
    private const string Packed = ".gz";

    /// <returns>The files in the published format; null where there are none: the folder may hold class folders.</returns>
    public static IReadOnlyList<string>? FindFiles(string dataset, string root)
    {
        if (DatasetCatalog.Find(dataset)?.Download is not { } download)
        {
            return null;
        }

        string[] members = [.. download.Files.SelectMany(file => file.Members)];
        string[] files = members.Length > 0 ? FindMembers(root, members) : FindPacked(TorchvisionFolder(root, dataset), download);
        return files.Length > 0 ? files : null;
    }

    /// <summary>The folder of idx files: torchvision's if it exists.</summary>
    /// <param name="dataset">mnist or fashion-mnist.</param>
    public static string TorchvisionFolder(string root, string dataset)
    {
        string raw = Path.Combine(root, dataset == "mnist" ? "MNIST" : "FashionMNIST", "raw");
        return Directory.Exists(raw) ? raw : root;
    }

    /// <summary>A file, unpacked or else packed.</summary>
    /// <returns>Null where it does not exist.</returns>
    public static string? FindPacked(string folder, string name)
    {
        string[] candidates = [Path.Combine(folder, name), Path.Combine(folder, name + Packed)];
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <summary>The folder of an archive's files: the named one, or the archive's own folder within it.</summary>
    /// <param name="archiveFolder">Its name.</param>
    /// <param name="names">The files'.</param>
    /// <returns>Null where none of the files exists.</returns>
    public static string? MemberFolder(string root, string archiveFolder, IReadOnlyCollection<string> names)
    {
        string[] folders = [root, Path.Combine(root, archiveFolder)];
        return folders.FirstOrDefault(folder => names.Any(name => File.Exists(Path.Combine(folder, name))));
    }

    private static string[] FindMembers(string root, string[] members)
    {
        string[] names = [.. members.Select(member => Path.GetFileName(member))];
        return MemberFolder(root, Path.GetDirectoryName(members[0])!, names) is { } folder
            ? [.. names.Select(name => Path.Combine(folder, name)).Where(File.Exists)]
            : [];
    }

    private static string[] FindPacked(string folder, DatasetDownload download) =>
        [.. download.Files.Select(file => FindPacked(folder, file.Name.EndsWith(Packed, StringComparison.Ordinal) ? file.Name[..^Packed.Length] : file.Name)).OfType<string>()];
}
