using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Downloads;
using Experiments.GpuWorker.Settings;

namespace Experiments.GpuWorker.Data.Downloads;

/// <summary>Keeps published data sets in a folder of this machine, and downloads missing files. Processes may share the folder.</summary>
internal sealed class DatasetDownloads(DatasetOptions options, FileDownloader downloader)
{
    /// <summary>The folder with all files of the data set if they exist; null otherwise.</summary>
    public string? FindReady(string name, DatasetDownload download) =>
        Path.Combine(options.CacheFolder, name) is var folder && download.Files.All(file => IsReady(folder, file)) ? folder : null;

    /// <summary>The folder with all files of the data set, once they are complete.</summary>
    /// <param name="name">The data set's name.</param>
    /// <exception cref="TrainingException">They are missing and cannot be downloaded (kind Data).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public string Provide(string name, DatasetDownload download, CancellationToken cancel) =>
        // Nothing is written if all files exist: the folder may be read-only for this process. Training has a separate thread, which has nothing
        // else to do while it waits.
        FindReady(name, download) ?? ProvideAsync(name, download, cancel).GetAwaiter().GetResult();

    private async Task<string> ProvideAsync(string name, DatasetDownload download, CancellationToken cancel)
    {
        string folder = Path.Combine(options.CacheFolder, name);
        Directory.CreateDirectory(folder);
        using FileStream alone = await FileLock.TakeAsync(Path.Combine(folder, ".lock"), cancel);
        foreach (PublishedFile file in download.Files.Where(file => !IsReady(folder, file)))
        {
            await ProvideAsync(name, AddressOf(name, download, file), file, Path.Combine(folder, file.Name), cancel);
        }

        return folder;
    }

    private async Task ProvideAsync(string name, Uri source, PublishedFile file, string target, CancellationToken cancel)
    {
        ExpectedHash hash = ExpectedHash.Md5(file.Md5);
        try
        {
            if (!File.Exists(target))
            {
                await downloader.RunAsync(source, target, hash, cancel);
            }
            else if (hash.DescribeMismatch(target, cancel) is { } problem)
            {
                throw DatasetErrors.Bad($"\"{target}\" is not {file.Name} of data set \"{name}\": {problem}. Remove it, to have it downloaded again");
            }

            if (file.Members.Count > 0)
            {
                ArchiveMembers.Unpack(target, file.Members, Path.GetDirectoryName(target)!, cancel);
            }
        }
        catch (DownloadException e)
        {
            throw DatasetErrors.Bad(
                $"data set \"{name}\" is not on this worker and cannot be downloaded: {e.Message}. Put {file.Name} from {source} to \"{target}\", or name the folder of its files with path",
                e);
        }
    }

    /// <summary>Unpacking is atomic, so it is enough that the folder exists.</summary>
    private static bool IsReady(string folder, PublishedFile file)
    {
        string path = Path.Combine(folder, file.Name);
        return file.Members.Count > 0
            ? file.Members.All(member => File.Exists(Path.Combine(folder, member)))
            : File.Exists(path) && ExpectedHash.Md5(file.Md5).DescribeMismatch(path, CancellationToken.None) is null;
    }

    private Uri AddressOf(string name, DatasetDownload download, PublishedFile file) =>
        new(new Uri(options.Mirrors.GetValueOrDefault(name) ?? download.Url), file.Name);
}
