using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Settings;

namespace Experiments.GpuWorker.Requests;

/// <summary>
/// Tries to decode every image of a data set, a few seconds at a time: the worker answers other questions in between, any worker can do the next stretch, and
/// a caller cancels by not asking for the next stretch. Not thread-safe.
/// </summary>
internal sealed class DatasetChecker(ReadyDatasets datasets, WorkerIdentity identity, TimeProvider time)
{
    /// <summary>Images that one answer names.</summary>
    private const int MostUnreadable = 500;

    /// <summary>After so long the answer is given, with one image at least.</summary>
    public static readonly TimeSpan Stretch = TimeSpan.FromSeconds(2);

    private readonly DatasetQuestions _questions = new(datasets, identity);

    /// <summary>To list a large folder takes longer than a stretch. The memory for it is given back when it is needed.</summary>
    private readonly WeakReference<Listing?> _last = new(null);

    /// <returns>A <see cref="DatasetChecked"/> or a <see cref="DatasetRefused"/>.</returns>
    public object Check(CheckDataset request)
    {
        if (!_last.TryGetTarget(out Listing? listing) || listing.Dataset != request.Dataset || listing.Contents.Fingerprint != request.Fingerprint)
        {
            return _questions.Answer(request.Dataset, contents => CheckStretch(request, contents));
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

    private object CheckStretch(CheckDataset request, DatasetContents contents)
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
            if (next < images && WhyUnreadable(listing, next, planes) is { } problem)
            {
                unreadable.Add(problem);
            }

            next = Math.Min(next + 1, images);
        }
        while (next < images && unreadable.Count < MostUnreadable && time.GetElapsedTime(start) < Stretch);

        return new DatasetChecked(identity.Host, images, next, listing.Contents.Fingerprint, unreadable);
    }

    private static UnreadableImage? WhyUnreadable(Listing listing, int image, byte[] planes)
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

        /// <summary>As runs decode them unless they say otherwise.</summary>
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
