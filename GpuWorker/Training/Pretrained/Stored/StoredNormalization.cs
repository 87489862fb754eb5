using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Training.Pretrained.Stored;

/// <summary>The normalization that stored weights require, if known.</summary>
internal static class StoredNormalization
{
    public const string MeanKey = "mean";
    public const string DeviationKey = "deviation";

    /// <summary>The usual name of the deviation in other libraries.</summary>
    private const string UsualDeviationKey = "std";
    private const int Channels = 3;
    private const int LongestText = 200;

    /// <summary>
    /// From the texts in the file, as in the weights of a run, or by the name of published weights. Null if neither is available.
    /// </summary>
    /// <exception cref="SafetensorsException">A metadata string is invalid. Another normalization would not match the training of the weights.</exception>
    public static Normalization? Of(string path, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.ContainsKey(MeanKey) || texts.ContainsKey(DeviationKey) || texts.ContainsKey(UsualDeviationKey))
        {
            RequireOneDeviation(texts);
            return new Normalization(
                Read(texts, MeanKey, "from 0 to 1", value => value is >= 0 and <= 1),
                Read(texts, texts.ContainsKey(DeviationKey) || !texts.ContainsKey(UsualDeviationKey) ? DeviationKey : UsualDeviationKey, "above 0, at most 1", value => value is > 0 and <= 1));
        }

        return PublishedWeights.FindFile(Path.GetFileName(path)) is { } published ? new Normalization(published.Mean, published.Deviation) : null;
    }

    private static void RequireOneDeviation(IReadOnlyDictionary<string, string> texts)
    {
        if (texts.TryGetValue(DeviationKey, out string? one) && texts.TryGetValue(UsualDeviationKey, out string? other)
            && one != other && !(Parse(one) is { } values && Parse(other) is { } others && values.SequenceEqual(others)))
        {
            throw new SafetensorsException(
                $"its texts \"{DeviationKey}\" and \"{UsualDeviationKey}\" mean the same and differ: {Cut(one)} and {Cut(other)}; save the file with the right one of them alone");
        }
    }

    private static double[] Read(IReadOnlyDictionary<string, string> texts, string key, string range, Predicate<double> isAllowed)
    {
        string expected = $"expected three numbers {range}, of red, green and blue, for pixels from 0 to 1, such as {(key == MeanKey ? "[0.485, 0.456, 0.406]" : "[0.229, 0.224, 0.225]")}. "
            + $"Save the file with such values, or with neither {MeanKey} nor {DeviationKey} to normalize by the data set";
        if (!texts.TryGetValue(key, out string? text))
        {
            throw new SafetensorsException($"its texts name a {(key == MeanKey ? texts.ContainsKey(DeviationKey) ? DeviationKey : UsualDeviationKey : MeanKey)} and no {key}; {expected}");
        }

        return Parse(text) is { Length: Channels } values && Array.TrueForAll(values, isAllowed)
            ? values
            : throw new SafetensorsException($"its text \"{key}\" is {Cut(text)}; {expected}{Scale(text)}");
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text.AsSpan(0, LongestText)}…";

    private static string Scale(string text) => Parse(text) is { Length: > 0 } values && Array.Exists(values, value => value is > 1 and <= 255)
        ? "; numbers for pixels from 0 to 255 have to be divided by 255"
        : "";

    private static double[]? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<double[]>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
