using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Downloads;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>The published weights on this machine: from the user's folder, or downloaded.</summary>
internal sealed class PublishedWeightsStore(PretrainedOptions options, FileDownloader downloader)
{
    /// <summary>The path of the file; null if it is not on this machine.</summary>
    public string? Find(PublishedWeights weights)
    {
        string cached = Cached(weights);
        return Given(weights) ?? (File.Exists(cached) ? cached : null);
    }

    /// <summary>Downloads the file if <see cref="Find"/> does not find it, and checks its hash. Two workers that need the same file download it once.</summary>
    /// <exception cref="TrainingException">It cannot be downloaded (kind Invalid) or written (kind Crash).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set; the partial download is kept.</exception>
    public async Task FetchAsync(PublishedWeights weights, CancellationToken cancellationToken)
    {
        if (Find(weights) is not null)
        {
            return;
        }

        string cached = Cached(weights);
        Directory.CreateDirectory(options.WeightsCache);
        using FileStream held = await FileLock.TakeAsync(cached + ".lock", cancellationToken);
        if (!File.Exists(cached))
        {
            await DownloadAsync(weights, cached, cancellationToken);
        }
    }

    /// <summary>The mismatch between a file and the published one; null if they match.</summary>
    public static string? DescribeMismatch(PublishedWeights weights, string path) =>
        ExpectedHash.Sha256Prefix(weights.HashPrefix).DescribeMismatch(path, CancellationToken.None);

    /// <summary>A failure that explains where to put the file.</summary>
    public TrainingException Missing(PublishedWeights weights, string reason, Exception? inner = null) => new(
        FailureKind.Invalid,
        $"pretrained \"imagenet\" needs {weights.File} for {weights.Model}: {reason}. Download {AddressOf(weights)} and put it into {options.WeightsFolder ?? options.WeightsCache} of this worker"
            + (options.WeightsFolder is null ? ", or name a folder that holds it (Worker:WeightsFolder, --weights of Standalone)" : ""),
        inner);

    private async Task DownloadAsync(PublishedWeights weights, string cached, CancellationToken cancellationToken)
    {
        try
        {
            await downloader.RunAsync(AddressOf(weights), cached, ExpectedHash.Sha256Prefix(weights.HashPrefix), cancellationToken);
        }
        catch (DownloadException e)
        {
            throw Missing(weights, e.Message, e);
        }
    }

    private string? Given(PublishedWeights weights) =>
        options.WeightsFolder is { } folder && Path.Combine(folder, weights.File) is var path && File.Exists(path) ? path : null;

    private string Cached(PublishedWeights weights) => Path.Combine(options.WeightsCache, weights.File);

    private Uri AddressOf(PublishedWeights weights) => new(
        (options.WeightsAddress ?? weights.Folder) is var folder && folder.AbsoluteUri.EndsWith('/') ? folder : new Uri(folder.AbsoluteUri + "/"),
        weights.File);
}
