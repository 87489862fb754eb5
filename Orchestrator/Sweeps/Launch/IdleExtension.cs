using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Sweeps.Planning;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Cells that an extension asks for, and that differ from a run of the sweep only in what has no effect: nothing is added for them.</summary>
internal static class IdleExtension
{
    /// <param name="before">The sweep before the extension.</param>
    /// <returns>Each with the number of the cell that it is one run with.</returns>
    public static async Task<IReadOnlyList<GridCell>> FindAsync(
        StateContext db, string sweepId, SweepSpec before, SweepPlan plan, CancellationToken cancellationToken)
    {
        GridCell[] idle = Find(before, plan);
        if (idle.Length == 0)
        {
            return [];
        }

        Dictionary<Hyperparameters, int> numbers = await NumbersAsync(db, sweepId, cancellationToken);
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
        GridExpansionResult expansion = GridExpansion.Expand(spec);
        return expansion.Cells.Concat(expansion.Merged);
    }

    private static async Task<Dictionary<Hyperparameters, int>> NumbersAsync(StateContext db, string sweepId, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<Hyperparameters, int>();
        var runs = db.Runs.Where(run => run.SweepId == sweepId).OrderBy(run => run.Cell).Select(run => new { run.Cell, run.Config }).AsAsyncEnumerable();
        await foreach (var run in runs.WithCancellation(cancellationToken))
        {
            try
            {
                numbers.TryAdd(HyperparameterEffects.Settle(RunConfig.FromJson(run.Config).Hyperparameters), run.Cell);
            }
            catch (FormatException)
            {
                // Another version stored it, with what this one does not know: no cell of this version equals it.
            }
        }

        return numbers;
    }
}
