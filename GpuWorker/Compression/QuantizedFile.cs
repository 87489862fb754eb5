using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>Writes quantized.safetensors: a network's weights, with those of convolutions and linear layers in 8 bits.</summary>
internal static class QuantizedFile
{
    /// <summary>The suffix of a weight's name for its scales.</summary>
    private const string ScaleSuffix = "_scale";

    /// <summary>Writes the file, and sets the model's weights to the values that it decodes to.</summary>
    /// <returns>The bytes of all tensors.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static long Write(StoredModel stored, string path)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var tensors = new List<(string Name, Tensor Tensor)>();
        foreach ((string name, Tensor tensor) in stored.Model.state_dict())
        {
            if (!CompressibleWeights.IsOne(name, tensor))
            {
                tensors.Add((name, tensor));
                continue;
            }

            Int8Weight quantized = Int8Weight.Of(tensor);
            tensor.copy_(quantized.ToFloat());
            tensors.Add((name, quantized.Values));
            tensors.Add((name + ScaleSuffix, quantized.Scales));
        }

        Dictionary<string, string> texts = stored.Description.ToMetadata();
        texts["quantization"] = "int8";
        AtomicFile.Write(path, stream => SafetensorsFile.Write(stream, tensors, texts));
        return tensors.Sum(pair => TensorBytes.Dense(pair.Tensor));
    }
}
