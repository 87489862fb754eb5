using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>What images have to be normalised with for stored weights, where that is known.</summary>
internal static class StoredNormalization
{
    public const string MeanKey = "mean";
    public const string DeviationKey = "deviation";
    private const int Channels = 3;

    /// <summary>
    /// By the texts in the file, as the weights of a run have them, or by the name under which it was published. Null where neither tells.
    /// </summary>
    public static Normalization? Of(string path, IReadOnlyDictionary<string, string> texts)
    {
        if (Read(texts, MeanKey) is { } mean && Read(texts, DeviationKey) is { } deviation && deviation.All(value => value > 0))
        {
            return new Normalization(mean, deviation);
        }

        return PublishedWeights.FindFile(Path.GetFileName(path)) is { } published ? new Normalization(published.Mean, published.Deviation) : null;
    }

    private static double[]? Read(IReadOnlyDictionary<string, string> texts, string key)
    {
        try
        {
            return texts.TryGetValue(key, out string? json)
                && JsonSerializer.Deserialize<double[]>(json) is { Length: Channels } values
                && values.All(double.IsFinite)
                ? values
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
