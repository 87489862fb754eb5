namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>Ranks of values at a rung. Equal values rank by the number of the run; NaN ranks last.</summary>
internal static class Ranking
{
    /// <summary>From the best value to the worst.</summary>
    public static List<(int Run, double Value)> Order(IEnumerable<(int Run, double Value)> values, bool lowerIsBetter) =>
        [.. values.OrderBy(entry => Cost(entry.Value, lowerIsBetter)).ThenBy(entry => entry.Run)];

    public static bool IsBetter(double value, double other, bool lowerIsBetter) => Cost(value, lowerIsBetter) < Cost(other, lowerIsBetter);

    private static double Cost(double value, bool lowerIsBetter) => double.IsNaN(value) ? double.PositiveInfinity : lowerIsBetter ? value : -value;
}
