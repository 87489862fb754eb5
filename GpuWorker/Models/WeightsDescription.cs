using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Text;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Models;

/// <summary>The description needed to use weights, stored as texts of their file.</summary>
/// <param name="Model">The architecture's name.</param>
/// <param name="Classes">Names, in the order of the logits.</param>
/// <param name="ImageSize">Pixels a side.</param>
/// <param name="SmallInput">Whether the network has the stem for small images.</param>
/// <param name="Statistics">The statistics that images are normalized with.</param>
/// <param name="Epoch">Finished epochs.</param>
internal sealed record WeightsDescription(
    string Model, IReadOnlyList<string> Classes, int ImageSize, bool SmallInput, ChannelStatistics Statistics, int Epoch)
{
    private const int LargestImage = 4096;

    public Dictionary<string, string> ToMetadata() => new()
    {
        ["format"] = "pt",
        ["model"] = Model,
        ["classes"] = JsonSerializer.Serialize(Classes),
        ["imageSize"] = ImageSize.ToString(CultureInfo.InvariantCulture),
        ["smallInput"] = SmallInput ? "true" : "false",
        ["mean"] = JsonSerializer.Serialize(Statistics.Mean),
        ["deviation"] = JsonSerializer.Serialize(Statistics.Deviation),
        ["epoch"] = Epoch.ToString(CultureInfo.InvariantCulture),
    };

    /// <exception cref="SafetensorsException">A metadata string is missing or invalid.</exception>
    public static WeightsDescription Read(IReadOnlyDictionary<string, string> metadata)
    {
        var statistics = new ChannelStatistics(Channels(metadata, "mean"), Channels(metadata, "deviation"));
        return new WeightsDescription(
            Text(metadata, "model"),
            [.. Parse<string[]>(metadata, "classes", names => names.Length >= 2 && names.All(name => name is not null)).Select(Nfc.Of)],
            Parse<int>(metadata, "imageSize", size => size is >= 1 and <= LargestImage),
            metadata.ContainsKey("smallInput") && Parse<bool>(metadata, "smallInput", _ => true),
            statistics,
            Parse<int>(metadata, "epoch", epoch => epoch >= 0));
    }

    private static double[] Channels(IReadOnlyDictionary<string, string> metadata, string name) =>
        Parse<double[]>(metadata, name, values => values.Length == 3);

    private static T Parse<T>(IReadOnlyDictionary<string, string> metadata, string name, Predicate<T> isAllowed)
    {
        string text = Text(metadata, name);
        try
        {
            return JsonSerializer.Deserialize<T>(text) is { } value && isAllowed(value) ? value : throw Wrong(name, text, null);
        }
        catch (JsonException e)
        {
            throw Wrong(name, text, e);
        }
    }

    private static string Text(IReadOnlyDictionary<string, string> metadata, string name) => metadata.TryGetValue(name, out string? text)
        ? text
        : throw new SafetensorsException($"it does not say its {name}");

    private static SafetensorsException Wrong(string name, string text, Exception? inner) =>
        new($"its {name} is \"{text}\"", inner);
}
