using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// A density over a search space: a mixture of one kernel per trial, over all dimensions together, and of the uniform density, which weighs as much as an average
/// trial. A dimension that is inactive at a point does not count there.
/// </summary>
internal sealed class ParzenEstimator
{
    private readonly SearchSpace _space;
    private readonly int _kernels;
    private readonly ParzenAxis[] _axes;

    /// <summary>The shares of the kernels and of the uniform density, which is the last one.</summary>
    private readonly double[] _shares;

    /// <param name="points">The points of the trials; may be empty.</param>
    /// <param name="weigh">The weight of the trial with an index, 1 on average.</param>
    public ParzenEstimator(SearchSpace space, IReadOnlyList<Point> points, Func<int, double> weigh)
    {
        _space = space;
        _kernels = points.Count;
        _shares = [.. Enumerable.Range(0, _kernels).Select(index => weigh(index) / (_kernels + 1)), 1.0 / (_kernels + 1)];
        _axes = [.. space.Dimensions.Select((dimension, index) => Axis(dimension, [.. points.Select(point => point[index])], space.Dimensions.Count))];
    }

    public Point Draw(DrawStream draws)
    {
        int kernel = DrawKernel(draws.Next());
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
        for (int kernel = 0; kernel < logs.Length; kernel++)
        {
            sum += _shares[kernel] * Math.Exp(logs[kernel] - largest);
        }

        return largest + Math.Log(sum);
    }

    private int DrawKernel(double unit)
    {
        int kernel = 0;
        double below = _shares[0];
        while (kernel < _kernels && unit >= below)
        {
            below += _shares[++kernel];
        }

        return kernel;
    }

    private static ParzenAxis Axis(Dimension dimension, double[] values, int dimensions) =>
        dimension is ChoiceDimension choice ? new ChoiceAxis(choice, values) : new OrderedAxis(dimension, values, dimensions);
}
