namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>A tuple of a pickle.</summary>
internal sealed record PickleTuple(IReadOnlyList<object?> Items);

/// <summary>A dictionary of a pickle, ordered or not. Only what stands under a text is kept: nothing else names a tensor.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<string, object?> _items = [];

    public IReadOnlyDictionary<string, object?> Items => _items;

    public void Set(object? key, object? value)
    {
        if (key is string name)
        {
            _items[name] = value;
        }
    }
}

/// <summary>Something that a pickle may name and then call: a function of this program, never one of Python's.</summary>
/// <param name="Name">What it is called in Python.</param>
/// <param name="Call">Makes the result from the arguments.</param>
internal sealed record PickleFunction(string Name, Func<IReadOnlyList<object?>, object?> Call);
