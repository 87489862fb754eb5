using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained.Stored;

/// <summary>The named tensors of one dictionary of a file, in main memory or read when needed.</summary>
internal interface IStateDict
{
    /// <summary>The key of the dictionary, such as <c>state_dict</c> or <c>state.model</c>; empty for the root of the file.</summary>
    string Container { get; }

    /// <summary>Known metadata next to the tensors: the texts of a safetensors file, or the classes in a PyTorch file, as JSON.</summary>
    IReadOnlyDictionary<string, string> Texts { get; }

    IEnumerable<string> Names { get; }

    /// <param name="name">One of <see cref="Names"/>.</param>
    long[] ShapeOf(string name);

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>A tensor in the file's element type, owned by the caller.</returns>
    Tensor Read(string name);
}
