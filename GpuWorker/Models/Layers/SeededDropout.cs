using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>Dropout whose mask comes from <see cref="StepRandomness"/>; otherwise <c>torch.nn.Dropout</c>.</summary>
public sealed class SeededDropout(double probability, StepRandomness randomness) : nn.Module<Tensor, Tensor>(nameof(SeededDropout))
{
    private readonly int _layer = randomness.AddLayer();

    /// <summary>Zeroes each element with the probability and scales the others up (training), or returns the input (evaluation).</summary>
    public override Tensor forward(Tensor input)
    {
        if (!training || probability == 0)
        {
            return input.alias();
        }

        CounterRandom random = randomness.Of(_layer);
        using var generator = new Generator(random.NextUInt64(), input.device);
        using Tensor mask = empty_like(input).bernoulli_(1 - probability, generator).div_(1 - probability);
        return input * mask;
    }
}
