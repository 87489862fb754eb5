namespace Experiments.GpuWorker.Randomness;

/// <summary>Random numbers with a beta distribution, as the share of one gamma-distributed number in two (Marsaglia and Tsang, 2000).</summary>
internal static class BetaDistribution
{
    /// <summary>In [0, 1].</summary>
    /// <param name="first">Above 0.</param>
    /// <param name="second">Above 0.</param>
    public static double Draw(ref CounterRandom random, double first, double second)
    {
        // As logarithms: for small parameters both numbers may be too small to be told from 0.
        double one = LogGamma(ref random, first);
        double other = LogGamma(ref random, second);
        return 1 / (1 + Math.Exp(other - one));
    }

    private static double LogGamma(ref CounterRandom random, double shape)
    {
        double boost = shape < 1 ? Math.Log(Positive(ref random)) / shape : 0;
        double d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(ref random);
            double root = 1 + (c * x);
            double v = root * root * root;
            if (v > 0 && Math.Log(Positive(ref random)) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return Math.Log(d * v) + boost;
            }
        }
    }

    /// <summary>Of the standard normal distribution (Box and Muller, 1958).</summary>
    private static double Normal(ref CounterRandom random) =>
        Math.Sqrt(-2 * Math.Log(Positive(ref random))) * Math.Cos(2 * Math.PI * random.NextUnit());

    /// <summary>Uniform in (0, 1].</summary>
    private static double Positive(ref CounterRandom random) => 1 - random.NextUnit();
}
