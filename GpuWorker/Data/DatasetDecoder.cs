using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Caching;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Data.Splits;

namespace Experiments.GpuWorker.Data;

/// <summary>Decodes the images that a run needs, and reports all corrupt ones together: before the first epoch, whether images are kept or not.</summary>
internal sealed class DatasetDecoder(ImageDecoder decoder, ILogger<DatasetDecoder> logger)
{
    /// <param name="chosen">Positions in the sources of <paramref name="contents"/>.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="skipCorrupt">Leave out images that cannot be decoded instead of failing.</param>
    /// <param name="keep">True to keep images in memory; false to decode them on demand.</param>
    /// <exception cref="TrainingException">Images cannot be decoded (kind Data).</exception>
    public DecodedDataset Decode(DatasetContents contents, DatasetSplits chosen, int side, bool skipCorrupt, bool keep, CancellationToken cancel)
    {
        var stores = new List<ImageStore>();
        try
        {
            ImageStore training = Open(contents.Training, chosen.Training);
            ImageStore? validation = contents.Validation is { } held ? Open(held, chosen.Validation) : null;
            ImageStore? test = contents.Test is { } tested ? Open(tested, chosen.Test) : null;
            var decoded = new DecodedDataset(training, validation, test);
            return decoded.Corrupt.Count == 0 || skipCorrupt ? decoded : throw Refuse(decoded.Corrupt, chosen.Count);
        }
        catch
        {
            stores.ForEach(store => store.Dispose());
            throw;
        }

        ImageStore Open(IImageSource source, int[] positions)
        {
            ImageStore store = keep ? decoder.Keep(source, positions, side, cancel) : decoder.Stream(source, positions, side, cancel);
            stores.Add(store);
            return store;
        }
    }

    /// <summary>Logs the images that a run leaves out. Every run calls it, even if an earlier one has decoded its images.</summary>
    public void LogLeftOut(DecodedDataset decoded, int of)
    {
        if (decoded.Corrupt.Count > 0)
        {
            CorruptImageLog.Write(logger, decoded.Corrupt, of, leftOut: true);
        }
    }

    private TrainingException Refuse(IReadOnlyList<CorruptImage> corrupt, int of)
    {
        CorruptImageLog.Write(logger, corrupt, of, leftOut: false);
        return DatasetErrors.Corrupt(corrupt, of);
    }
}
