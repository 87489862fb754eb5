namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>A tuple of a pickle.</summary>
internal sealed record PickleTuple(IReadOnlyList<object?> Items);

/// <summary>A dictionary of a pickle, ordered or not. Only string and integer keys are kept: nothing else names a tensor or a class.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<string, object?> _items = [];
    private readonly Dictionary<long, object?> _numbered = [];

    /// <summary>The values of string keys.</summary>
    public IReadOnlyDictionary<string, object?> Items => _items;

    /// <summary>The values of integer keys.</summary>
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

/// <summary>A callable that a pickle may name: a function of this program, never of Python.</summary>
/// <param name="Name">The name in Python.</param>
/// <param name="Call">Computes the result from the arguments.</param>
internal sealed record PickleFunction(string Name, Func<IReadOnlyList<object?>, object?> Call);
