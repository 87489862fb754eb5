namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>
/// All globals that a pickle may name: the parts of state dicts. Each name maps to a function here that builds a description of a
/// tensor; no Python code is looked up or run.
/// </summary>
internal static class AllowedGlobals
{
    private static readonly Dictionary<string, object> All = new(
    [
        .. TorchType.All.Select(type => KeyValuePair.Create(type.Storage, (object)type)),
        .. new PickleFunction[]
        {
            new("collections.OrderedDict", OrderedDictionary),
            new("torch.Size", arguments => arguments is [PickleTuple sizes] ? sizes : throw Refused("torch.Size")),
            new("torch._utils._rebuild_tensor", arguments => RebuildTensor("torch._utils._rebuild_tensor", arguments)),
            new("torch._utils._rebuild_tensor_v2", arguments => RebuildTensor("torch._utils._rebuild_tensor_v2", arguments)),
            new("torch._utils._rebuild_parameter", RebuildParameter),
        }.Select(function => KeyValuePair.Create(function.Name, (object)function)),
    ]);

    /// <summary>A <see cref="TorchType"/> or a <see cref="PickleFunction"/>.</summary>
    /// <exception cref="TorchFileException">The name is not allowed.</exception>
    public static object Find(string module, string name) => All.TryGetValue($"{module}.{name}", out object? found)
        ? found
        : throw new TorchFileException(
            $"it needs {Shorten($"{module}.{name}")}, and {Shorten($"{module}.{name}")} is not allowed: only tensors are read from such a file (torch.save(model.state_dict(), …)), and nothing in it is executed");

    // OrderedDict(), or in Python 2, OrderedDict([[name, value], …]).
    private static PickleDictionary OrderedDictionary(IReadOnlyList<object?> arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments is [List<object?> pairs])
        {
            foreach (object? pair in pairs)
            {
                IReadOnlyList<object?> items = pair is PickleTuple tuple ? tuple.Items : pair as List<object?> ?? throw Refused("collections.OrderedDict");
                dictionary.Set(items is [_, _] ? items[0] : throw Refused("collections.OrderedDict"), items[1]);
            }
        }
        else if (arguments.Count > 0)
        {
            throw Refused("collections.OrderedDict");
        }

        return dictionary;
    }

    // Storage, offset, size, stride; further arguments (requires_grad, hooks, metadata) do not affect the values.
    private static StoredTensor RebuildTensor(string name, IReadOnlyList<object?> arguments) =>
        arguments is [StoredStorage storage, long offset, PickleTuple size, PickleTuple stride, ..] && arguments.Count <= 7
            ? StoredTensor.Create(storage, offset, Numbers(size, name), Numbers(stride, name))
            : throw Refused(name);

    private static StoredTensor RebuildParameter(IReadOnlyList<object?> arguments) =>
        arguments is [StoredTensor tensor, ..] && arguments.Count <= 4 ? tensor : throw Refused("torch._utils._rebuild_parameter");

    private static long[] Numbers(PickleTuple tuple, string name) => [.. tuple.Items.Select(item => item is long number ? number : throw Refused(name))];

    private static TorchFileException Refused(string name) => new($"it calls {name} with other arguments than tensors have");

    private static string Shorten(string name) => name.Length <= 100 ? name : string.Concat(name.AsSpan(0, 100), "…");
}
