using Experiments.Contracts.Sweeps;

namespace Experiments.GpuWorker.Training.Progress;

/// <summary>What follows from the values of the objective so far.</summary>
internal static class ObjectiveHistory
{
    /// <summary>The number (from 1) of the epoch with the best value; the earliest of equals; 0 before the first.</summary>
    public static int BestEpoch(IReadOnlyList<double> values, ObjectiveSpec objective)
    {
        int best = 0;
        for (int i = 0; i < values.Count; i++)
        {
            best = best == 0 || objective.IsBetter(values[i], values[best - 1]) ? i + 1 : best;
        }

        return best;
    }

    /// <summary>True when the last <paramref name="patience"/> epochs were not better by more than <paramref name="minDelta"/> than what came before.</summary>
    /// <param name="patience">Null to never stop.</param>
    public static bool ShouldStop(IReadOnlyList<double> values, ObjectiveSpec objective, int? patience, double minDelta)
    {
        int waited = 0;
        double best = double.NaN;
        foreach (double value in values)
        {
            double least = objective.Goal == Goal.Maximize ? best + minDelta : best - minDelta;
            bool better = double.IsNaN(best) || objective.IsBetter(value, least);
            best = better ? value : best;
            waited = better ? 0 : waited + 1;
        }

        return waited >= patience;
    }
}
