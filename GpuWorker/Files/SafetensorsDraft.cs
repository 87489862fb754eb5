using static TorchSharp.torch;

namespace Experiments.GpuWorker.Files;

/// <summary>What a safetensors file is to hold. The tensors (on any device) stay the caller's and must not change until it is written.</summary>
internal sealed record SafetensorsDraft(IReadOnlyList<(string Name, Tensor Tensor)> Tensors, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>Of all tensors.</summary>
    public long Bytes => Tensors.Sum(pair => pair.Tensor.numel() * pair.Tensor.element_size());

    public void WriteTo(Stream stream) => SafetensorsFile.Write(stream, Tensors, Texts);
}
