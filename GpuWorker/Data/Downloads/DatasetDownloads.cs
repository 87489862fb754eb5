using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Training;

namespace Experiments.GpuWorker.Data.Downloads;

/// <summary>Keeps published data sets in a folder of this machine, and downloads what is not there yet. Processes may share the folder.</summary>
internal sealed class DatasetDownloads(DatasetOptions options, HttpClient client, TimeProvider time, ILogger<DatasetDownloads> logger)
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(15);

    /// <summary>For workers; has no overall time limit, because files are large.</summary>
    public static HttpClient NewClient() =>
        new(new SocketsHttpHandler { ConnectTimeout = ConnectPatience }, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The folder with all files of the data set, once they are there.</summary>
    /// <param name="name">The data set's.</param>
    /// <exception cref="TrainingException">They are not here and cannot be downloaded (kind Data).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public string Provide(string name, DatasetDownload download, CancellationToken cancel)
    {
        string folder = Path.Combine(options.CacheFolder, name);
        if (download.Files.All(file => IsReady(folder, file)))
        {
            // Nothing to write: the folder may be one that only others can change.
            return folder;
        }

        using FolderLock alone = FolderLock.Take(folder, cancel);
        foreach (PublishedFile file in download.Files.Where(file => !IsReady(folder, file)))
        {
            Provide(name, AddressOf(name, download, file), file, Path.Combine(folder, file.Name), cancel);
        }

        return folder;
    }

    private void Provide(string name, Uri source, PublishedFile file, string target, CancellationToken cancel)
    {
        try
        {
            if (!File.Exists(target))
            {
                // Training has a thread of its own, which has nothing else to do meanwhile.
                new FileDownload(client, time, logger).RunAsync(source, target, file.Md5, cancel).GetAwaiter().GetResult();
            }
            else if (FileHash.Md5Of(target) is var md5 && md5 != file.Md5)
            {
                throw DatasetErrors.Bad($"\"{target}\" has the MD5 {md5}; {file.Name} of data set \"{name}\" has {file.Md5}. Remove it, to have it downloaded again");
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

    /// <summary>What is unpacked appears whole or not at all, so that a look is enough.</summary>
    private static bool IsReady(string folder, PublishedFile file)
    {
        string path = Path.Combine(folder, file.Name);
        return file.Members.Count > 0
            ? file.Members.All(member => File.Exists(Path.Combine(folder, member)))
            : File.Exists(path) && FileHash.Md5Of(path) == file.Md5;
    }

    private Uri AddressOf(string name, DatasetDownload download, PublishedFile file) =>
        new(new Uri(options.Mirrors.GetValueOrDefault(name) ?? download.Url), file.Name);
}
