namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>How well a forest predicts runs, where each run is predicted only by trees that were not trained on it (Breiman, 2001).</summary>
internal sealed class OutOfBag(TrainingRuns runs)
{
    /// <summary>Using more runs does not improve the estimate.</summary>
    private const int MostRuns = 2_000;

    private readonly int _step = (runs.Count + MostRuns - 1) / MostRuns;
    private readonly double[] _sums = new double[runs.Count];
    private readonly int[] _counts = new int[runs.Count];

    public void Add(RegressionTree tree, bool[] isSeen)
    {
        for (int run = 0; run < runs.Count; run += _step)
        {
            if (!isSeen[run])
            {
                _sums[run] += tree.Predict(runs, run);
                _counts[run]++;
            }
        }
    }

    /// <summary>The coefficient of determination; 0 when the mean predicts as well or better.</summary>
    public double Explained()
    {
        int[] predicted = [.. Enumerable.Range(0, runs.Count).Where(run => _counts[run] > 0)];
        if (predicted.Length == 0)
        {
            return 0;
        }

        double mean = predicted.Average(run => runs.Values[run]);
        double total = predicted.Sum(run => Square(runs.Values[run] - mean));
        double missed = predicted.Sum(run => Square(runs.Values[run] - (_sums[run] / _counts[run])));
        return total > 0 ? Math.Max(0, 1 - (missed / total)) : 0;
    }

    private static double Square(double value) => value * value;
}
