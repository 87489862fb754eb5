using Experiments.GpuWorker.Training.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models;

/// <summary>
/// Dropout whose mask is a pure function of (seed, iteration): there is no generator state to save, and nothing else in
/// the process can disturb it, unlike torch's global generator.
/// </summary>
public sealed class SeededDropout(double probability) : nn.Module<Tensor, Tensor>(nameof(SeededDropout))
{
    private CounterRandom _random;

    /// <summary>Chooses the mask of the next forward pass.</summary>
    public void Prepare(long seed, long iteration) => _random = CounterRandom.For(seed, RandomPurpose.Dropout, iteration);

    /// <summary>Zeroes each element with the probability and scales the others up (training), or passes the input on (evaluation).</summary>
    public override Tensor forward(Tensor input)
    {
        if (!training || probability == 0)
        {
            return input.alias();
        }

        using var generator = new Generator(_random.NextUInt64(), input.device);
        using Tensor mask = empty_like(input).bernoulli_(1 - probability, generator).div_(1 - probability);
        return input * mask;
    }
}
