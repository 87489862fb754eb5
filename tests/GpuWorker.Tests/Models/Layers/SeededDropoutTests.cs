using Experiments.GpuWorker.Models.Layers;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Layers;

public class SeededDropoutTests
{
    private readonly StepRandomness _randomness = new();

    [Fact]
    public void Forward_Training_ZeroesThatShareAndScalesTheRest()
    {
        using var dropout = new SeededDropout(0.25, _randomness);
        float[] values = Apply(dropout, seed: 1, iteration: 0);

        Assert.Equal(0.25, values.Count(value => value == 0) / (double)values.Length, tolerance: 1e-1);
        Assert.All(values.Where(value => value != 0), value => Assert.Equal(1 / 0.75f, value, 5));
    }

    [Fact]
    public void Forward_SameSeedAndIteration_GivesTheSameMask()
    {
        using var dropout = new SeededDropout(0.5, _randomness);
        float[] mask = Apply(dropout, seed: 1, iteration: 5);
        manual_seed(4);

        Assert.Equal(mask, Apply(dropout, seed: 1, iteration: 5));
        Assert.NotEqual(mask, Apply(dropout, seed: 1, iteration: 6));
        Assert.NotEqual(mask, Apply(dropout, seed: 1, iteration: 5, part: 1));
        Assert.NotEqual(mask, Apply(dropout, seed: 2, iteration: 5));
    }

    [Fact]
    public void Forward_TwoLayersOfAModel_HaveSeparateMasks()
    {
        using var first = new SeededDropout(0.5, _randomness);
        using var second = new SeededDropout(0.5, _randomness);

        Assert.NotEqual(Apply(first, seed: 1, iteration: 5), Apply(second, seed: 1, iteration: 5));
    }

    [Fact]
    public void Forward_Evaluation_ChangesNothing()
    {
        using var dropout = new SeededDropout(0.5, _randomness);
        dropout.eval();

        Assert.All(Apply(dropout, seed: 1, iteration: 0), value => Assert.Equal(1, value));
    }

    private float[] Apply(SeededDropout dropout, long seed, long iteration, int part = 0)
    {
        _randomness.Prepare(seed, iteration, part);
        using Tensor input = ones(1000);
        using Tensor output = dropout.forward(input);
        return output.data<float>().ToArray();
    }
}
