using Experiments.GpuWorker.Models;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models;

public class SeededDropoutTests
{
    [Fact]
    public void Forward_Training_ZeroesThatShareAndScalesTheRest()
    {
        using var dropout = new SeededDropout(0.25);
        float[] values = Apply(dropout, seed: 1, iteration: 0);

        Assert.Equal(0.25, values.Count(value => value == 0) / (double)values.Length, 1);
        Assert.All(values.Where(value => value != 0), value => Assert.Equal(1 / 0.75f, value, 5));
    }

    [Fact]
    public void Forward_SameSeedAndIteration_GivesTheSameMask()
    {
        using var dropout = new SeededDropout(0.5);
        float[] mask = Apply(dropout, seed: 1, iteration: 5);
        manual_seed(4);

        Assert.Equal(mask, Apply(dropout, seed: 1, iteration: 5));
        Assert.NotEqual(mask, Apply(dropout, seed: 1, iteration: 6));
        Assert.NotEqual(mask, Apply(dropout, seed: 2, iteration: 5));
    }

    [Fact]
    public void Forward_Evaluation_ChangesNothing()
    {
        using var dropout = new SeededDropout(0.5);
        dropout.eval();

        Assert.All(Apply(dropout, seed: 1, iteration: 0), value => Assert.Equal(1, value));
    }

    private static float[] Apply(SeededDropout dropout, long seed, long iteration)
    {
        dropout.Prepare(seed, iteration);
        using Tensor input = ones(1000);
        using Tensor output = dropout.forward(input);
        return output.data<float>().ToArray();
    }
}
