using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Base;

/// <summary>A layer that computes more than the layers inside it, such as the products of an attention.</summary>
internal interface ICountedLayer
{
    /// <summary>The multiplications with an addition that it does itself, those of the layers inside it left out.</summary>
    /// <param name="output">What it gave.</param>
    long OwnMultiplyAdds(Tensor output);
}
