using System.Numerics;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>
/// Reads a pickle (Python's pickletools describes the operations) of protocols 2 to 5, as far as PyTorch uses them for tensors, texts, numbers, lists,
/// tuples and dictionaries. It executes nothing: a pickle can only name the globals in <see cref="AllowedGlobals"/>.
/// </summary>
/// <param name="persistent">Resolves persistent ids: the storages, which PyTorch stores outside the pickle.</param>
internal sealed class PickleReader(PickleInput input, Func<PickleTuple, object> persistent)
{
    private const int MostOperations = 2_000_000;
    private const int LongestNumber = 32;

    private readonly PickleStack _stack = new();

    /// <returns>null, bool, long, <see cref="BigInteger"/>, double, string, List, or one of the types of this folder.</returns>
    /// <exception cref="TorchFileException">The pickle is damaged, or contains something that is not allowed.</exception>
    public object? Read()
    {
        for (int i = 0; i < MostOperations; i++)
        {
            byte operation = input.ReadByte();
            if (operation == '.')
            {
                return _stack.Pop();
            }

            if (!TryValue(operation) && !TryContainer(operation) && !TryMemo(operation) && !TryNamed(operation))
            {
                throw new TorchFileException($"its pickle has operation 0x{operation:x2} at byte {input.Position - 1}, which no state dict needs and which is not allowed");
            }
        }

        throw new TorchFileException($"its pickle has more than {MostOperations:N0} operations: it is not a state dict");
    }

    private bool TryValue(byte operation)
    {
        switch (operation)
        {
            case (byte)'N': _stack.Push(null); break;
            case 0x88: _stack.Push(true); break;
            case 0x89: _stack.Push(false); break;
            case (byte)'K': _stack.Push((long)input.ReadByte()); break;
            case (byte)'M': _stack.Push((long)input.ReadUInt16()); break;
            case (byte)'J': _stack.Push((long)input.ReadInt32()); break;
            case 0x8a: PushNumber(input.ReadByte()); break;
            case 0x8b: PushNumber(input.ReadInt32()); break;
            case (byte)'G': _stack.Push(input.ReadDouble()); break;
            case (byte)'X': _stack.Push(input.ReadText((uint)input.ReadInt32())); break;
            case 0x8c: _stack.Push(input.ReadText(input.ReadByte())); break;
            case 0x8d: _stack.Push(input.ReadText(input.ReadInt64())); break;
            case (byte)'U' or (byte)'C': _stack.Push(input.ReadLatin1(input.ReadByte())); break;
            case (byte)'T' or (byte)'B': _stack.Push(input.ReadLatin1((uint)input.ReadInt32())); break;
            default: return false;
        }

        return true;
    }

    private bool TryContainer(byte operation)
    {
        switch (operation)
        {
            case (byte)'(': _stack.Mark(); break;
            case (byte)')': _stack.Push(new PickleTuple([])); break;
            case (byte)'t': _stack.Push(new PickleTuple(_stack.PopToMark())); break;
            case >= 0x85 and <= 0x87: _stack.Push(new PickleTuple(_stack.Pop(operation - 0x84))); break;
            case (byte)']': _stack.Push(new List<object?>()); break;
            case (byte)'l': _stack.Push(_stack.PopToMark()); break;
            case (byte)'a': Append(_stack.Pop(1)); break;
            case (byte)'e': Append(_stack.PopToMark()); break;
            case (byte)'}': _stack.Push(new PickleDictionary()); break;
            case (byte)'s': Set(_stack.Pop(2)); break;
            case (byte)'u': Set(_stack.PopToMark()); break;
            default: return false;
        }

        return true;
    }

    private bool TryMemo(byte operation)
    {
        switch (operation)
        {
            case 0x80: CheckProtocol(input.ReadByte()); break;
            case 0x95: input.ReadInt64(); break;
            case (byte)'q': _stack.Memorize(input.ReadByte()); break;
            case (byte)'r': _stack.Memorize(input.ReadInt32()); break;
            case 0x94: _stack.Memorize(); break;
            case (byte)'h': _stack.Recall(input.ReadByte()); break;
            case (byte)'j': _stack.Recall(input.ReadInt32()); break;
            case (byte)'0': _stack.Pop(); break;
            case (byte)'1': _stack.PopToMark(); break;
            case (byte)'2': _stack.Push(_stack.Peek()); break;
            default: return false;
        }

        return true;
    }

    private bool TryNamed(byte operation)
    {
        switch (operation)
        {
            case (byte)'c' or (byte)'i': _stack.Push(AllowedGlobals.Find(input.ReadLine(), input.ReadLine())); break;
            case 0x93: PushGlobal(_stack.Pop(2)); break;
            case (byte)'R' or 0x81: Call(_stack.Pop(2)); break;
            case (byte)'Q': _stack.Push(persistent(_stack.Pop<PickleTuple>())); break;
            case (byte)'b': Build(); break;
            default: return false;
        }

        return true;
    }

    private void PushNumber(int bytes)
    {
        if (bytes is < 0 or > LongestNumber)
        {
            throw PickleStack.Damaged($"a number of {bytes} bytes");
        }

        var number = new BigInteger(input.ReadBytes(bytes));
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            _stack.Push((long)number);
        }
        else
        {
            _stack.Push(number);
        }
    }

    private static void CheckProtocol(byte protocol)
    {
        if (protocol is < 2 or > 5)
        {
            throw new TorchFileException($"its pickle has protocol {protocol}; 2 to 5 can be read");
        }
    }

    private void Append(List<object?> items) => _stack.Peek<List<object?>>().AddRange(items);

    private void Set(List<object?> keysAndValues)
    {
        if (keysAndValues.Count % 2 != 0)
        {
            throw PickleStack.Damaged("a key without a value");
        }

        PickleDictionary dictionary = _stack.Peek<PickleDictionary>();
        foreach (object?[] pair in keysAndValues.Chunk(2))
        {
            dictionary.Set(pair[0], pair[1]);
        }
    }

    private void PushGlobal(List<object?> moduleAndName) => _stack.Push(moduleAndName is [string module, string name]
        ? AllowedGlobals.Find(module, name)
        : throw PickleStack.Damaged("a global without a name"));

    private void Call(List<object?> functionAndArguments) => _stack.Push(functionAndArguments is [PickleFunction function, PickleTuple arguments]
        ? function.Call(arguments.Items)
        : throw PickleStack.Damaged("a call of something that is no function"));

    /// <summary>An ordered dictionary may have attributes, such as the versions of a state dict's modules. They are ignored.</summary>
    private void Build()
    {
        _stack.Pop();
        _stack.Peek<PickleDictionary>();
    }
}
