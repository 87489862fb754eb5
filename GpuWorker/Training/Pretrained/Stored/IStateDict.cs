using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained.Stored;

/// <summary>The named tensors of one dictionary of a file, in main memory or read when needed.</summary>
internal interface IStateDict
{
    /// <summary>The key that the dictionary stands under, such as <c>state_dict</c> or <c>state.model</c>; empty where it is the file's own.</summary>
    string Container { get; }

    /// <summary>What stands next to the tensors, as far as it is known here: texts of a safetensors file, or what a file of PyTorch says of its classes, in JSON.</summary>
    IReadOnlyDictionary<string, string> Texts { get; }

    IEnumerable<string> Names { get; }

    /// <param name="name">One of <see cref="Names"/>.</param>
    long[] ShapeOf(string name);

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>A tensor that belongs to the caller, in the file's element type.</returns>
    Tensor Read(string name);
}
