using static TorchSharp.torch;

namespace Experiments.GpuWorker.Files;

/// <summary>The content of a safetensors file to be written. The tensors (on any device) are owned by the caller and must not change until then.</summary>
internal sealed record SafetensorsDraft(IReadOnlyList<(string Name, Tensor Tensor)> Tensors, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>The size of all tensors.</summary>
    public long Bytes => Tensors.Sum(pair => pair.Tensor.numel() * pair.Tensor.element_size());

    public void WriteTo(Stream stream) => SafetensorsFile.Write(stream, Tensors, Texts);
}
