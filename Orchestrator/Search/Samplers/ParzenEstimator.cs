using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// A density over a search space: an equal mixture of one kernel per trial, over all dimensions together, and of the uniform density. A dimension that is inactive
/// at a point does not count there.
/// </summary>
internal sealed class ParzenEstimator
{
    private readonly SearchSpace _space;
    private readonly int _kernels;
    private readonly ParzenAxis[] _axes;

    /// <param name="points">The points of the trials; may be empty.</param>
    public ParzenEstimator(SearchSpace space, IReadOnlyList<Point> points)
    {
        _space = space;
        _kernels = points.Count;
        _axes = [.. space.Dimensions.Select((dimension, index) => Axis(dimension, [.. points.Select(point => point[index])], space.Dimensions.Count))];
    }

    public Point Draw(DrawStream draws)
    {
        int kernel = (int)(draws.Next() * (_kernels + 1));
        double[] unit = new double[_axes.Length];
        for (int axis = 0; axis < unit.Length; axis++)
        {
            unit[axis] = kernel == _kernels ? draws.Next() : _axes[axis].Draw(kernel, draws);
        }

        return _space.FromUnit(unit);
    }

    /// <summary>The logarithm of the density relative to the uniform one.</summary>
    public double LogDensity(Point point)
    {
        // The last one is the uniform density.
        double[] logs = new double[_kernels + 1];
        for (int axis = 0; axis < _axes.Length; axis++)
        {
            if (!double.IsNaN(point[axis]))
            {
                _axes[axis].AddLogDensities(point[axis], logs.AsSpan(0, _kernels));
            }
        }

        double largest = logs.Max();
        double sum = 0;
        foreach (double log in logs)
        {
            sum += Math.Exp(log - largest);
        }

        return largest + Math.Log(sum / logs.Length);
    }

    private static ParzenAxis Axis(Dimension dimension, double[] values, int dimensions) =>
        dimension is ChoiceDimension choice ? new ChoiceAxis(choice, values) : new OrderedAxis(dimension, values, dimensions);
}
