using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Messaging;

namespace Experiments.GpuWorker.Requests;

/// <summary>
/// Decodes every image of a data set, a few seconds per request: the worker answers other requests in between, any worker can do the next part, and
/// a caller cancels by not requesting the next part. Not thread-safe.
/// </summary>
internal sealed class DatasetChecker(ReadyDatasets datasets, WorkerIdentity identity, TimeProvider time)
{
    /// <summary>The number of images that one answer names.</summary>
    private const int MostUnreadable = 500;

    /// <summary>The time after which the answer is given; it covers at least one image.</summary>
    public static readonly TimeSpan Stretch = TimeSpan.FromSeconds(2);

    private readonly DatasetQuestions _questions = new(datasets, identity);

    /// <summary>Listing a large folder takes longer than one part. The memory is released when it is needed.</summary>
    private readonly WeakReference<Listing?> _last = new(null);

    public Answer<DatasetChecked, DatasetRefused> Check(CheckDataset request)
    {
        if (!_last.TryGetTarget(out Listing? listing) || listing.Dataset != request.Dataset || listing.Contents.Fingerprint != request.Fingerprint)
        {
            return _questions.Answer<DatasetChecked>(request.Dataset, contents => CheckStretch(request, contents));
        }

        try
        {
            return CheckStretch(request.First, listing);
        }
        catch (TrainingException)
        {
            _last.SetTarget(null);
            return Changed();
        }
    }

    private DatasetRefused Changed() =>
        new(IsAbsent: false, $"files were changed, added or removed while they were checked, or are others on {identity.Host}; check them again");

    private Answer<DatasetChecked, DatasetRefused> CheckStretch(CheckDataset request, DatasetContents contents)
    {
        if (request.Fingerprint is { } before && before != contents.Fingerprint)
        {
            return Changed();
        }

        var listing = new Listing(request.Dataset, contents);
        _last.SetTarget(listing);
        return CheckStretch(request.First, listing);
    }

    private DatasetChecked CheckStretch(int first, Listing listing)
    {
        byte[] planes = new byte[3 * listing.Side * listing.Side];
        var unreadable = new List<UnreadableImage>();
        long start = time.GetTimestamp();
        int images = listing.Images;
        int next = Math.Clamp(first, 0, images);
        do
        {
            if (next < images && FindProblem(listing, next, planes) is { } problem)
            {
                unreadable.Add(problem);
            }

            next = Math.Min(next + 1, images);
        }
        while (next < images && unreadable.Count < MostUnreadable && time.GetElapsedTime(start) < Stretch);

        return new DatasetChecked(identity.Host, images, next, listing.Contents.Fingerprint, unreadable);
    }

    private static UnreadableImage? FindProblem(Listing listing, int image, byte[] planes)
    {
        (string split, IImageSource source, int index) = listing.Find(image);
        try
        {
            source.DecodeTo(index, listing.Side, planes);
            return null;
        }
        catch (CorruptImageException problem)
        {
            return new UnreadableImage(split, source.Locate(index).Trim('"'), problem.Message);
        }
    }

    private sealed class Listing(DatasetSpec dataset, DatasetContents contents)
    {
        private readonly (string Name, IImageSource Source)[] _splits =
        [
            ("training", contents.Training),
            .. contents.Validation is { } validation ? [("validation", validation)] : ((string, IImageSource)[])[],
            .. contents.Test is { } test ? [("test", test)] : ((string, IImageSource)[])[],
        ];

        public DatasetSpec Dataset => dataset;

        public DatasetContents Contents => contents;

        /// <summary>The size that runs decode to by default.</summary>
        public int Side { get; } = DatasetCatalog.Find(dataset.Name)!.DefaultImageSize;

        public int Images => _splits.Sum(split => split.Source.Labels.Count);

        public (string Split, IImageSource Source, int Index) Find(int image)
        {
            foreach ((string name, IImageSource source) in _splits)
            {
                if (image < source.Labels.Count)
                {
                    return (name, source, image);
                }

                image -= source.Labels.Count;
            }

            throw new ArgumentOutOfRangeException(nameof(image));
        }
    }
}
