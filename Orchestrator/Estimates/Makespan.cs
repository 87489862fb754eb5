namespace Experiments.Orchestrator.Estimates;

/// <summary>How long it takes to train runs in order, each on the first free worker. Pure.</summary>
internal static class Makespan
{
    /// <param name="lengths">The duration of each run.</param>
    /// <param name="workers">At least one.</param>
    /// <returns>When the last run ends, in the unit of the lengths.</returns>
    public static double Of(IReadOnlyCollection<double> lengths, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var ends = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), Math.Min(workers, Math.Max(lengths.Count, 1))));
        double last = 0;
        foreach (double length in lengths)
        {
            double end = ends.Dequeue() + length;
            ends.Enqueue(end, end);
            last = Math.Max(last, end);
        }

        return last;
    }
}
