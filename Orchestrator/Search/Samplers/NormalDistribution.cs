namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>Beyond this, the continued fraction of the tail converges faster than the series around 0.</summary>
    private const double Tail = 3;

    public static double LogDensity(double z) => (-0.5 * z * z) - (0.5 * Math.Log(2 * Math.PI));

    /// <summary>The share below <paramref name="z"/> (Abramowitz and Stegun, 1964, 26.2.10 to 26.2.14); the error is below 1e-13.</summary>
    public static double Below(double z)
    {
        if (Math.Abs(z) > Tail)
        {
            double tail = Math.Exp(LogDensity(z)) * MillsRatio(Math.Abs(z));
            return z > 0 ? 1 - tail : tail;
        }

        double term = z;
        double sum = z;
        for (int k = 1; Math.Abs(term) > 1e-16; k++)
        {
            term *= z * z / ((2 * k) + 1);
            sum += term;
        }

        return 0.5 + (Math.Exp(LogDensity(z)) * sum);
    }

    /// <summary>The share between two numbers, without cancellation in the tails.</summary>
    public static double Between(double low, double high) => low > 0 ? Below(-low) - Below(-high) : Below(high) - Below(low);

    /// <summary>A draw, by the polar form of Box and Muller (1958).</summary>
    /// <param name="first">Uniform in [0, 1).</param>
    /// <param name="second">Uniform in [0, 1), independent of the first.</param>
    public static double Draw(double first, double second) => Math.Sqrt(-2 * Math.Log(1 - first)) * Math.Cos(2 * Math.PI * second);

    private static double MillsRatio(double z)
    {
        double fraction = z;
        for (int k = 60; k >= 1; k--)
        {
            fraction = z + (k / fraction);
        }

        return 1 / fraction;
    }
}
