namespace Experiments.Contracts.Sweeps;

/// <summary>How long the runs of a sweep are trained.</summary>
public enum StoppingKind
{
    /// <summary>Every run is trained to its last epoch.</summary>
    None,

    /// <summary>A run whose best value is worse than the median of the other runs' averages is stopped.</summary>
    Median,

    /// <summary>Asynchronous successive halving: at each rung the best runs continue, and the others pause until they are promoted.</summary>
    Asha,

    /// <summary>Successive halving with several first rungs, among which the runs are divided.</summary>
    Hyperband,
}

/// <summary>The stopping rule of a sweep.</summary>
/// <param name="Rule">Never <see cref="StoppingKind.None"/>.</param>
/// <param name="MinEpochs">No run is paused or stopped before this epoch, the first rung; 1 to the epochs of the longest run.</param>
/// <param name="Factor">At a rung one of this number of runs continues, and the next rung is this number of times later; 2 to <see cref="MostFactor"/>.</param>
public sealed record StoppingSpec(StoppingKind Rule, int MinEpochs, int Factor)
{
    /// <summary>The value of <see cref="MinEpochs"/> when a sweep does not set it.</summary>
    public const int DefaultMinEpochs = 1;

    /// <summary>The value of <see cref="Factor"/> when a sweep does not set it.</summary>
    public const int DefaultFactor = 3;

    /// <summary>The largest value of <see cref="Factor"/>.</summary>
    public const int MostFactor = 100;

    /// <summary>The rungs of successive halving: minEpochs · factor^k below the budget, in rising order.</summary>
    /// <param name="minEpochs">At least 1.</param>
    /// <param name="factor">At least 2.</param>
    /// <param name="epochs">The budget, see <see cref="StoppingBudget"/>.</param>
    public static IReadOnlyList<int> RungsOf(int minEpochs, int factor, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        List<int> rungs = [];
        for (long epoch = minEpochs; epoch < epochs; epoch *= factor)
        {
            rungs.Add((int)epoch);
        }

        return rungs;
    }
}
