using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Sweeps.Planning;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Finds requested cells that differ from a run of the sweep only in values without effect: nothing is added for them.</summary>
internal static class IdleExtension
{
    /// <param name="before">The sweep before the extension.</param>
    /// <returns>Each with the number of the cell it is equal to.</returns>
    public static async Task<IReadOnlyList<GridCell>> FindAsync(
        StateContext db, string sweepId, SweepSpec before, SweepPlan plan, CancellationToken cancellationToken)
    {
        // What an adaptive search proposes for values without effect is replaced by other draws.
        GridCell[] idle = SearchMethods.IsAdaptive(plan.Spec) ? [] : Find(before, plan);
        if (idle.Length == 0)
        {
            return [];
        }

        bool isAuto = idle[0].Hyperparameters.Precision == Precision.Auto;
        Dictionary<Hyperparameters, int> numbers = await NumbersAsync(db, sweepId, isAuto, cancellationToken);
        foreach (GridCell cell in plan.Cells)
        {
            numbers.TryAdd(HyperparameterEffects.Settle(cell.Hyperparameters), cell.Number);
        }

        return
        [
            .. from cell in idle
               let number = numbers.GetValueOrDefault(HyperparameterEffects.Settle(cell.Hyperparameters))
               where number > 0
               select cell with { Number = number },
        ];
    }

    private static GridCell[] Find(SweepSpec before, SweepPlan plan)
    {
        HashSet<(int Grid, Hyperparameters)> known = [.. CellsOf(before).Concat(plan.Cells).Select(cell => (cell.Grid, cell.Hyperparameters))];
        return [.. CellsOf(plan.Spec).Where(cell => !known.Contains((cell.Grid, cell.Hyperparameters)))];
    }

    private static IEnumerable<GridCell> CellsOf(SweepSpec spec)
    {
        GridExpansionResult expansion = SweepExpansion.Expand(spec);
        return expansion.Cells.Concat(expansion.Merged);
    }

    /// <param name="isAuto">Whether the sweep says <c>precision: auto</c>; its runs are stored with the precision chosen at their launch.</param>
    private static async Task<Dictionary<Hyperparameters, int>> NumbersAsync(
        StateContext db, string sweepId, bool isAuto, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<Hyperparameters, int>();
        var runs = db.Runs.Where(run => run.SweepId == sweepId).OrderBy(run => run.Cell).Select(run => new { run.Cell, run.Config }).AsAsyncEnumerable();
        await foreach (var run in runs.WithCancellation(cancellationToken))
        {
            try
            {
                Hyperparameters stored = RunConfig.FromJson(run.Config).Hyperparameters;
                numbers.TryAdd(HyperparameterEffects.Settle(isAuto ? stored with { Precision = Precision.Auto } : stored), run.Cell);
            }
            catch (FormatException)
            {
                // Another version stored it, with content that this one does not support: no cell of this version equals it.
            }
        }

        return numbers;
    }
}
