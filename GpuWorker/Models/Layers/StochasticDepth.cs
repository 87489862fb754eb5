using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// Drops a residual branch for some of the images (Huang et al., 2016); <c>torchvision.ops.StochasticDepth(p, "row")</c>, with random
/// numbers from <see cref="StepRandomness"/>.
/// </summary>
public sealed class StochasticDepth(double probability, StepRandomness randomness) : nn.Module<Tensor, Tensor>(nameof(StochasticDepth))
{
    private readonly int _layer = randomness.AddLayer();

    /// <summary>Zeroes whole images of [N, …] with the probability and scales the others up (training), or returns the input (evaluation).</summary>
    public override Tensor forward(Tensor input)
    {
        if (!training || probability == 0)
        {
            return input.alias();
        }

        CounterRandom random = randomness.Of(_layer);
        using var generator = new Generator(random.NextUInt64(), input.device);
        long[] shape = [input.shape[0], .. Enumerable.Repeat(1L, input.shape.Length - 1)];
        using Tensor mask = empty(shape, input.dtype, input.device).bernoulli_(1 - probability, generator).div_(1 - probability);
        return input * mask;
    }
}
