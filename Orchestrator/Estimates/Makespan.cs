namespace Experiments.Orchestrator.Estimates;

/// <summary>How long runs take that are handed out in order, each to the worker that is free first. Pure.</summary>
internal static class Makespan
{
    /// <param name="lengths">What each run takes.</param>
    /// <param name="workers">At least one.</param>
    /// <returns>When the last one ends, in the unit of the lengths.</returns>
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
