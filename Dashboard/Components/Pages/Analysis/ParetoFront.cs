namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Finds the runs that no other run beats: none is at least as good in all objectives and better in one. Pure.</summary>
public static class ParetoFront
{
    /// <param name="costs">The objectives of each run, of which smaller values are better; all of the same length.</param>
    /// <returns>The indexes of the runs, by their first objective, the best first.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> costs)
    {
        // A run can only be beaten by one before it in this order, and then also by one of the front.
        int[] order = [.. Enumerable.Range(0, costs.Count)];
        Array.Sort(order, (one, other) =>
        {
            int first = costs[one].Zip(costs[other], (left, right) => left.CompareTo(right)).FirstOrDefault(difference => difference != 0);
            return first != 0 ? first : one.CompareTo(other);
        });
        var front = new List<int>();
        foreach (int run in order)
        {
            if (!front.Exists(other => Beats(costs[other], costs[run])))
            {
                front.Add(run);
            }
        }

        return front;
    }

    private static bool Beats(double[] one, double[] other)
    {
        bool isBetter = false;
        for (int objective = 0; objective < one.Length; objective++)
        {
            if (one[objective] > other[objective])
            {
                return false;
            }

            isBetter |= one[objective] < other[objective];
        }

        return isBetter;
    }
}
