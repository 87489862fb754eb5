namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>A tuple of a pickle.</summary>
internal sealed record PickleTuple(IReadOnlyList<object?> Items);

/// <summary>A dictionary of a pickle, ordered or not. Only what stands under a text or a whole number is kept: nothing else names a tensor or a class.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<string, object?> _items = [];
    private readonly Dictionary<long, object?> _numbered = [];

    /// <summary>What stands under texts.</summary>
    public IReadOnlyDictionary<string, object?> Items => _items;

    /// <summary>What stands under whole numbers.</summary>
    public IReadOnlyDictionary<long, object?> Numbered => _numbered;

    public void Set(object? key, object? value)
    {
        if (key is string name)
        {
            _items[name] = value;
        }
        else if (key is long number)
        {
            _numbered[number] = value;
        }
    }
}

/// <summary>Something that a pickle may name and then call: a function of this program, never one of Python's.</summary>
/// <param name="Name">What it is called in Python.</param>
/// <param name="Call">Makes the result from the arguments.</param>
internal sealed record PickleFunction(string Name, Func<IReadOnlyList<object?>, object?> Call);
