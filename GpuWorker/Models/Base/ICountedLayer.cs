using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Base;

/// <summary>A layer with computations besides its inner layers, such as the products of an attention.</summary>
internal interface ICountedLayer
{
    /// <summary>Its own multiply-adds, without those of its inner layers.</summary>
    /// <param name="output">Its output.</param>
    long OwnMultiplyAdds(Tensor output);
}
