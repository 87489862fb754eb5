namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>The stack, marks and memo of the pickle machine.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> _items = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<int, object?> _memo = [];

    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    public void Push(object? item) => _items.Add(item);

    public void Mark() => _marks.Push(_items.Count);

    public object? Pop()
    {
        object? top = Peek();
        _items.RemoveAt(_items.Count - 1);
        return top;
    }

    public object? Peek() => _items.Count > Floor ? _items[^1] : throw Damaged("it takes from an empty stack");

    public T Pop<T>() => Pop() is T item ? item : throw Damaged($"no {typeof(T).Name} where one is needed");

    public T Peek<T>() => Peek() is T item ? item : throw Damaged($"no {typeof(T).Name} where one is needed");

    /// <summary>Removes and returns everything above the last mark, bottom first, and the mark.</summary>
    public List<object?> PopToMark()
    {
        if (!_marks.TryPop(out int mark))
        {
            throw Damaged("it refers to a missing mark");
        }

        List<object?> items = _items[mark..];
        _items.RemoveRange(mark, items.Count);
        return items;
    }

    /// <summary>The last items, bottom first.</summary>
    public List<object?> Pop(int count)
    {
        if (_items.Count - Floor < count)
        {
            throw Damaged("it takes from an empty stack");
        }

        List<object?> items = _items[^count..];
        _items.RemoveRange(_items.Count - count, count);
        return items;
    }

    public void Memorize(int place) => _memo[place] = Peek();

    public void Memorize() => Memorize(_memo.Count);

    public void Recall(int place) => Push(_memo.TryGetValue(place, out object? item) ? item : throw Damaged($"it recalls {place}, which it never stored"));

    internal static TorchFileException Damaged(string what) => new($"its pickle is damaged: {what}");
}
