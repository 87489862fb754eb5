using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Files;

/// <summary>What was read from a safetensors file; owns the tensors, which are in main memory.</summary>
internal sealed class SafetensorsContent(SafetensorsHeader header) : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = [];

    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    public IReadOnlyCollection<string> Names => _tensors.Keys;

    public Tensor this[string name] => _tensors[name];

    public bool TryGet(string name, [NotNullWhen(true)] out Tensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>The tensor of that name, if it has that shape.</summary>
    /// <exception cref="SafetensorsException">There is none, or it has another shape.</exception>
    public Tensor Require(string name, long[] shape)
    {
        if (!TryGet(name, out Tensor? tensor))
        {
            throw new SafetensorsException($"it has no tensor \"{name}\"");
        }

        return tensor.shape.AsSpan().SequenceEqual(shape)
            ? tensor
            : throw new SafetensorsException($"tensor \"{name}\" has shape [{string.Join(", ", tensor.shape)}]; expected [{string.Join(", ", shape)}]");
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
        {
            tensor.Dispose();
        }

        _tensors.Clear();
    }

    internal void Add(string name, Tensor tensor) => _tensors.Add(name, tensor);
}
