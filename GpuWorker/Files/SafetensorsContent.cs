using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Files;

/// <summary>The content of a safetensors file. Owns the tensors, which are in main memory.</summary>
internal sealed class SafetensorsContent(SafetensorsHeader header) : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = [];

    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    public IReadOnlyCollection<string> Names => _tensors.Keys;

    public Tensor this[string name] => _tensors[name];

    public bool TryGet(string name, [NotNullWhen(true)] out Tensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>The tensor of that name, if it has that shape.</summary>
    /// <exception cref="SafetensorsException">It does not exist or has another shape.</exception>
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

    /// <summary>Copies the tensors into a network.</summary>
    /// <param name="prefix">What the names begin with here.</param>
    /// <exception cref="SafetensorsException">One does not exist or has another shape.</exception>
    public void CopyTo(nn.Module network, string prefix = "")
    {
        foreach ((string name, Tensor tensor) in network.state_dict())
        {
            tensor.copy_(Require(prefix + name, tensor.shape));
        }
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
