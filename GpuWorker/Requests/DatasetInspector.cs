using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Messaging;

namespace Experiments.GpuWorker.Requests;

/// <summary>Describes the contents of a data set and shows samples. Decodes only the samples.</summary>
internal sealed class DatasetInspector(ReadyDatasets datasets, WorkerIdentity identity)
{
    /// <summary>Pixels per side of a sample.</summary>
    private const int LargestSide = 96;

    /// <summary>The number of images whose sizes are read.</summary>
    private const int Looks = 24;
    private const int MostClasses = 100;
    private const int MostPerClass = 32;

    private readonly DatasetQuestions _questions = new(datasets, identity);

    public Answer<DatasetContentsView, DatasetRefused> Describe(DescribeDataset request) => _questions.Answer<DatasetContentsView>(request.Dataset, contents => new DatasetContentsView(
        identity.Host,
        contents.Classes,
        [
            Count("training", contents.Training, contents.Classes.Count),
            .. contents.Validation is { } validation ? [Count("validation", validation, contents.Classes.Count)] : (DatasetSplitView[])[],
            .. contents.Test is { } test ? [Count("test", test, contents.Classes.Count)] : (DatasetSplitView[])[],
        ],
        contents.Validation is null ? request.Dataset.ValidationFraction : 0,
        SizesOf(contents.Training),
        contents.Reading));

    public Answer<DatasetSamples, DatasetRefused> Sample(SampleDataset request) => _questions.Answer<DatasetSamples>(request.Dataset, contents =>
    {
        int first = Math.Clamp(request.FirstClass, 0, contents.Classes.Count);
        int classes = Math.Clamp(Math.Min(request.Classes, contents.Classes.Count - first), 0, MostClasses);
        ILookup<int, int> byClass = Enumerable.Range(0, contents.Training.Labels.Count).ToLookup(index => contents.Training.Labels[index]);
        return new DatasetSamples([.. Enumerable.Range(first, classes).Select(label => new ClassSamples(
            label,
            contents.Classes[label],
            [.. Spread([.. byClass[label]], Math.Clamp(request.PerClass, 0, MostPerClass)).Select(index => Show(contents.Training, index))]))]);
    });

    private static DatasetSplitView Count(string name, IImageSource source, int classes)
    {
        int[] counts = new int[classes];
        foreach (int label in source.Labels)
        {
            counts[label]++;
        }

        return new DatasetSplitView(name, source.Labels.Count, counts);
    }

    private static DatasetSizes? SizesOf(IImageSource source)
    {
        int[] looked = Spread([.. Enumerable.Range(0, source.Labels.Count)], Looks);
        RgbImage[] images = [.. looked.Select(index => TryDecode(source, index, out _)).OfType<RgbImage>()];
        return images.Length == 0 ? null : new DatasetSizes(
            looked.Length,
            images.Min(image => image.Width),
            images.Max(image => image.Width),
            images.Min(image => image.Height),
            images.Max(image => image.Height),
            images.All(IsGrey) ? 1 : 3,
            looked.Length - images.Length);
    }

    private static DatasetSample Show(IImageSource source, int index)
    {
        string place = source.Locate(index).Trim('"');
        return TryDecode(source, index, out string? problem) is { } image
            ? new DatasetSample(place, image.Width, image.Height, Thumbnail.Encode(image, LargestSide), null)
            : new DatasetSample(place, 0, 0, [], problem);
    }

    private static RgbImage? TryDecode(IImageSource source, int index, out string? problem)
    {
        try
        {
            problem = null;
            return source.Decode(index);
        }
        catch (CorruptImageException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>Evenly spaced images: neighbors often show the same scene.</summary>
    private static int[] Spread(int[] indices, int most) => indices.Length <= most
        ? indices
        : [.. Enumerable.Range(0, most).Select(i => indices[(int)((long)indices.Length * i / most)])];

    private static bool IsGrey(RgbImage image)
    {
        for (int i = 0; i + 2 < image.Pixels.Length; i += 3)
        {
            if (image.Pixels[i] != image.Pixels[i + 1] || image.Pixels[i] != image.Pixels[i + 2])
            {
                return false;
            }
        }

        return true;
    }
}
