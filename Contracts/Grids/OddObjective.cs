using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Grids;

/// <summary>A goal that makes the worst run the best: the largest loss, the smallest accuracy.</summary>
internal static class OddObjective
{
    public static IEnumerable<SweepWarning> Find(SweepSpec spec, IReadOnlyList<GridCell> cells)
    {
        (string metric, Goal goal) = spec.Objective;
        Goal usual = MetricNames.GoalOf(metric);
        if (goal != usual)
        {
            yield return new SweepWarning(
                "objective.goal",
                $"{EnumText.Of(goal)} takes the worst {metric} for the best, of epochs and of runs; {EnumText.Of(usual)}, or no goal, is what suits the metric",
                [.. cells.Take(SweepWarning.MostCells).Select(cell => cell.Number)])
            {
                CellCount = cells.Count,
            };
        }
    }
}
