using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>The named tensors of a file, in main memory or read when needed.</summary>
internal interface IStoredWeights : IDisposable
{
    IEnumerable<string> Names { get; }

    /// <summary>What the file says beside the tensors; empty where the format has nothing of the kind.</summary>
    IReadOnlyDictionary<string, string> Texts { get; }

    /// <param name="name">One of <see cref="Names"/>.</param>
    long[] ShapeOf(string name);

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>A tensor that belongs to the caller, in the file's element type.</returns>
    Tensor Read(string name);
}
