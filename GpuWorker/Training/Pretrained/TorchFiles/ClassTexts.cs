using System.Globalization;
using System.Text.Json;
using Experiments.GpuWorker.Training.Pretrained.Stored;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>The classes stored next to a state dict in a PyTorch file, as the JSON that a safetensors file would have.</summary>
internal static class ClassTexts
{
    /// <param name="dictionaries">The dictionaries around the state dict, innermost first; inner ones take precedence.</param>
    /// <returns>The texts by key. Only lists and dictionaries of texts and integers are converted.</returns>
    public static IReadOnlyDictionary<string, string> In(IReadOnlyList<PickleDictionary> dictionaries)
    {
        foreach (PickleDictionary dictionary in dictionaries)
        {
            Dictionary<string, string> found = [];
            foreach (string key in StoredClasses.Keys)
            {
                if (dictionary.Items.TryGetValue(key, out object? value) && Plain(value) is { } plain)
                {
                    found[key] = JsonSerializer.Serialize(plain);
                }
            }

            if (found.Count > 0)
            {
                return found;
            }
        }

        return new Dictionary<string, string>();
    }

    private static object? Plain(object? value) => value switch
    {
        List<object?> items when items.All(IsPlain) => items,
        PickleTuple { Items: var items } when items.All(IsPlain) => items,
        PickleDictionary { Numbered.Count: 0, Items: { Count: > 0 } items } when items.Values.All(IsPlain) => items,
        PickleDictionary { Items.Count: 0, Numbered: { Count: > 0 } numbered } when numbered.Values.All(IsPlain) =>
            numbered.ToDictionary(item => item.Key.ToString(CultureInfo.InvariantCulture), item => item.Value),
        _ => null,
    };

    private static bool IsPlain(object? value) => value is string or long;
}
