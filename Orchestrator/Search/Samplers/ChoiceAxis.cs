using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>A kernel has its trial's choice, blurred over all choices (Aitchison and Aitken, 1976): as much as one uniform trial per choice would.</summary>
/// <param name="values">The choices of the trials; NaN where inactive.</param>
internal sealed class ChoiceAxis(ChoiceDimension dimension, double[] values) : ParzenAxis
{
    private readonly double _blur = dimension.Count / (values.Length + 1.0 + dimension.Count);

    public override double Draw(int kernel, DrawStream draws) =>
        double.IsNaN(values[kernel]) || draws.Next() < _blur ? draws.Next() : dimension.ToUnit(values[kernel]).Center;

    public override void AddLogDensities(double value, Span<double> logs)
    {
        // Densities are relative to the uniform one.
        double other = Math.Log(_blur);
        double own = Math.Log(_blur + ((1 - _blur) * dimension.Count));
        for (int kernel = 0; kernel < values.Length; kernel++)
        {
            logs[kernel] += double.IsNaN(values[kernel]) ? 0 : values[kernel] == value ? own : other;
        }
    }
}
