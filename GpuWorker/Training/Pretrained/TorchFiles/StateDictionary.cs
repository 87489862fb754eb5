using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>A dictionary of named tensors in a saved object.</summary>
/// <param name="Container">The path of keys to it, separated by dots; empty for the saved object itself.</param>
/// <param name="Around">The dictionary itself and those that contain it, innermost first.</param>
internal sealed record StateDictionary(string Container, IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyList<PickleDictionary> Around)
{
    private const int Deepest = 3;
    private const int MostNamed = 5;

    /// <summary>
    /// All dictionaries with tensors, outermost first: scripts store a model's state dict under <c>state_dict</c>, <c>model</c>,
    /// <c>state_dict_ema</c> and other keys, next to epoch and optimizer. At least one.
    /// </summary>
    /// <exception cref="TorchFileException">There is none.</exception>
    public static IReadOnlyList<StateDictionary> FindAll(object? root)
    {
        var found = new List<StateDictionary>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        List<(string Container, IReadOnlyList<PickleDictionary> Around)> level = root is PickleDictionary outermost ? [("", [outermost])] : [];
        for (int depth = 0; depth < Deepest && level.Count > 0; depth++)
        {
            // A pickle may refer to one dictionary many times; visiting each once bounds the work by the pickle's length.
            level.RemoveAll(item => !seen.Add(item.Around[0]));
            found.AddRange(level.Select(item => new StateDictionary(item.Container, TensorsOf(item.Around[0]), item.Around)).Where(item => item.Tensors.Count > 0));
            level = [.. level.SelectMany(Inner)];
        }

        return found.Count > 0 ? found : throw new TorchFileException($"it holds no named tensors{KeysOf(root)}; a state dict is expected, by itself or under a key");
    }

    private static Dictionary<string, StoredTensor> TensorsOf(PickleDictionary dictionary) => dictionary.Items
        .Where(item => item.Value is StoredTensor)
        .ToDictionary(item => item.Key, item => (StoredTensor)item.Value!);

    private static IEnumerable<(string Container, IReadOnlyList<PickleDictionary> Around)> Inner((string Container, IReadOnlyList<PickleDictionary> Around) outer) =>
        outer.Around[0].Items
            .Where(item => item.Value is PickleDictionary)
            .Select(item => (outer.Container.Length == 0 ? item.Key : $"{outer.Container}.{item.Key}", (IReadOnlyList<PickleDictionary>)[(PickleDictionary)item.Value!, .. outer.Around]));

    private static string KeysOf(object? root) => root is PickleDictionary { Items.Count: > 0 } dictionary
        ? $", only {NameList.Of([.. dictionary.Items.Keys], MostNamed)}"
        : "";
}
