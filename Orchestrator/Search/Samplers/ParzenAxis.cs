namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// One dimension of a Parzen estimator: a kernel around the value of each trial. Where the dimension was inactive in a trial, its kernel is uniform.
/// </summary>
internal abstract class ParzenAxis
{
    /// <summary>Draws a place in [0, 1) from a kernel.</summary>
    public abstract double Draw(int kernel, DrawStream draws);

    /// <summary>Adds the logarithm of each kernel's density at a value, in units of the unit interval.</summary>
    /// <param name="value">A value of the dimension; not NaN.</param>
    /// <param name="logs">One number per kernel.</param>
    public abstract void AddLogDensities(double value, Span<double> logs);
}
