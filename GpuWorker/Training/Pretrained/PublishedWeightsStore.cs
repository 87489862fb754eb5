using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Downloads;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>The published weights on this machine: those that somebody put into a folder, and those that were downloaded.</summary>
internal sealed class PublishedWeightsStore(PretrainedOptions options, FileDownloader downloader)
{
    /// <summary>The path of the file; null when it is not on this machine.</summary>
    public string? Find(PublishedWeights weights)
    {
        string cached = Cached(weights);
        return Given(weights) ?? (File.Exists(cached) ? cached : null);
    }

    /// <summary>Makes sure that <see cref="Find"/> finds the file; what is downloaded is the one that was published. Two workers that need the same at a time download it once.</summary>
    /// <exception cref="TrainingException">It cannot be had (kind Invalid), or not be written (kind Crash).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set; what was downloaded so far is kept.</exception>
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

    /// <summary>Why a file is not the one that was published; null when it is.</summary>
    public static string? WhyOther(PublishedWeights weights, string path) =>
        ExpectedHash.Sha256Prefix(weights.HashPrefix).WhyOther(path, CancellationToken.None);

    /// <summary>A failure that says how the file can be put where it is looked for.</summary>
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
