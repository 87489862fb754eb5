using System.Globalization;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Caching;
using Experiments.GpuWorker.Data.Downloads;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Inputs;
using Experiments.GpuWorker.Jobs;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.GpuWorker.Data;

/// <summary>Loads a data set: finds it, splits it by the seed, and decodes it into memory if it fits, or takes it from the cache.</summary>
internal sealed class DatasetLoader(DatasetFolder folders, DatasetDownloads downloads, DatasetDecoder decoder, DatasetCache cache, InputCheck inputs)
{
    /// <param name="imageSize">Pixels a side.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="expected">The expected files; null to skip the check.</param>
    /// <exception cref="TrainingException">Kind Data or Invalid.</exception>
    public TrainingData Load(DatasetSpec spec, int imageSize, long seed, ExpectedInputs? expected, CancellationToken cancel)
    {
        try
        {
            DatasetContents contents = Open(spec, cancel);
            RequireExpected(spec, contents, expected, cancel);
            DatasetSplits splits = DatasetSplitter.Split(contents, spec, seed);
            return Assemble(spec, imageSize, seed, contents, splits, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DatasetErrors.Bad($"data set \"{spec.Name}\" cannot be read: {e.Message}", e);
        }
    }

    private DatasetContents Open(DatasetSpec spec, CancellationToken cancel)
    {
        IDatasetReader reader = DatasetRegistry.All[spec.Name];
        string? folder = folders.Find(spec);
        if (folder is null && DatasetCatalog.Find(spec.Name)?.Download is { } download)
        {
            return reader.Open(downloads.Provide(spec.Name, download, cancel)) with { Fingerprint = download.Fingerprint };
        }

        return reader.Open(folder);
    }

    private void RequireExpected(DatasetSpec spec, DatasetContents contents, ExpectedInputs? expected, CancellationToken cancel)
    {
        if (expected?.Inputs.Data is null || folders.Find(spec) is not { } folder)
        {
            return;
        }

        DatasetFiles files = contents.Files ?? DatasetFiles.Look(spec.Name, folder, cancel).Files;
        inputs.Require(expected, RunInput.Data, files.Seen, files.Used, $"data set \"{spec.Name}\" in \"{folder}\"", cancel);
    }

    private TrainingData Assemble(DatasetSpec spec, int imageSize, long seed, DatasetContents contents, DatasetSplits splits, CancellationToken cancel)
    {
        // Validation images that are held back are decoded with the training images, so that runs with different seeds share them.
        DatasetSplits chosen = contents.Validation is null
            ? splits with { Training = [.. splits.Training.Concat(splits.Validation).Order()], Validation = [] }
            : splits;
        long bytes = 3L * imageSize * imageSize * chosen.Count;
        DatasetCache.Lease lease = cache.GetOrAdd(
            KeyOf(spec, imageSize, seed, contents), bytes, keep => decoder.Decode(contents, chosen, imageSize, spec.SkipCorrupt, keep, cancel), cancel);
        try
        {
            DecodedDataset decoded = lease.Dataset;
            decoder.LogLeftOut(decoded, chosen.Count);
            ImageSplit trainingSplit = SplitCheck.RequireTraining(decoded.Training, splits.Training, contents.Training, spec);
            SplitCheck.RequireClasses(trainingSplit, splits.Training, contents);
            ImageSplit validationSplit = SplitCheck.RequireEvaluated(decoded.Validation ?? decoded.Training, splits.Validation, contents.Validation ?? contents.Training, spec, "validation");
            ImageSplit? testSplit = decoded.Test is null ? null : SplitCheck.RequireEvaluated(decoded.Test, splits.Test, contents.Test!, spec, "test");
            return new TrainingData
            {
                Classes = contents.Classes,
                ImageSize = imageSize,
                Training = trainingSplit,
                Validation = validationSplit,
                Test = testSplit,
                EvaluatedPlaces = Places(testSplit ?? validationSplit, contents.Test ?? contents.Validation ?? contents.Training),
                Statistics = trainingSplit.Statistics(),
                Fingerprint = contents.Fingerprint,
                Reading = contents.Reading,
                Doubts = [.. DoubtsOf(spec, seed, contents, splits, trainingSplit, validationSplit, testSplit)],
                Lease = lease,
            };
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>The places as strings, so that the source can be released.</summary>
    private static string[] Places(ImageSplit split, IImageSource source) => [.. split.Samples.Select(sample => source.Locate(sample).Trim('"'))];

    private static IEnumerable<string> DoubtsOf(DatasetSpec spec, long seed, DatasetContents contents, DatasetSplits splits, ImageSplit training, ImageSplit validation, ImageSplit? test)
    {
        DatasetSplits whole = spec.Limit is null ? splits : DatasetSplitter.Split(contents, spec with { Limit = null }, seed);
        return [.. Of("training", contents.Training, whole.Training, splits.Training, training),
            .. Of("validation", contents.Validation ?? contents.Training, whole.Validation, splits.Validation, validation),
            .. test is null ? [] : Of("test", contents.Test!, whole.Test, splits.Test, test)];

        IEnumerable<string> Of(string name, IImageSource source, int[] all, int[] drawn, ImageSplit kept) =>
            SplitDoubts.Find(name, spec, contents.Classes, LabelsOf(source, all), LabelsOf(source, drawn), LabelsOf(source, kept.Samples));

        static IEnumerable<int> LabelsOf(IImageSource source, IEnumerable<int> positions) => positions.Select(position => source.Labels[position]);
    }

    /// <summary>Without a limit, every image is decoded regardless of the seed, so that runs with different seeds share them.</summary>
    private static string KeyOf(DatasetSpec spec, int imageSize, long seed, DatasetContents contents)
    {
        string chosen = spec.Limit is null
            ? "all"
            : string.Create(CultureInfo.InvariantCulture, $"{spec.Limit} by {seed}, {spec.ValidationFraction} held back");
        return $"{spec.Name} {spec.Path} {contents.Fingerprint} at {imageSize}, {chosen}, skip corrupt {spec.SkipCorrupt}";
    }
}
