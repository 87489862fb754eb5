using Experiments.GpuWorker.Randomness;

namespace Experiments.GpuWorker.Tests.Randomness;

public class BetaDistributionTests
{
    [Theory]
    [InlineData(0.01, 0.01)]
    [InlineData(0.2, 0.2)]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(100, 100)]
    public void Draw_ManyTimes_HasTheMeanAndVarianceOfTheDistribution(double first, double second)
    {
        CounterRandom random = CounterRandom.For(42, RandomPurpose.Mixing);
        double[] draws = [.. Draws(random, first, second, 40_000)];

        double total = first + second;
        double mean = first / total;
        double variance = first * second / (total * total * (total + 1));
        Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
        Assert.Equal(mean, draws.Average(), 0.01);
        Assert.Equal(variance, draws.Average(draw => (draw - mean) * (draw - mean)), 0.005);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(100)]
    public void Draw_ExtremeParameter_IsANumber(double parameter)
    {
        CounterRandom random = CounterRandom.For(42, RandomPurpose.Mixing);

        Assert.All(Draws(random, parameter, parameter, 1000), draw => Assert.InRange(draw, 0, 1));
    }

    private static List<double> Draws(CounterRandom random, double first, double second, int count)
    {
        var draws = new List<double>(count);
        for (int i = 0; i < count; i++)
        {
            draws.Add(BetaDistribution.Draw(ref random, first, second));
        }

        return draws;
    }
}
