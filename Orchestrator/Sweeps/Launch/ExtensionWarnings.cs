using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.Sweeps.Planning;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Warns about extensions that are allowed but probably unintended. Pure.</summary>
internal static class ExtensionWarnings
{
    private const string Epochs = "epochs";

    /// <param name="before">The sweep before the extension.</param>
    /// <param name="idle">See <see cref="IdleExtension"/>.</param>
    /// <param name="added">The runs that it would get, with the results they take over.</param>
    public static IReadOnlyList<SweepWarning> Of(SweepSpec before, SweepPlan plan, IReadOnlyList<GridCell> idle, IReadOnlyList<PlannedRun> added) =>
        [.. TrainedAgain(before, plan, added), .. SweepExpansion.Expand(plan.Spec).Warnings, .. SweepWarnings.Of(plan.Spec, plan.Cells, idle)];

    private static IReadOnlyList<SweepWarning> TrainedAgain(SweepSpec before, SweepPlan plan, IReadOnlyList<PlannedRun> added)
    {
        HashSet<Hyperparameters> known = [.. SweepExpansion.Expand(before).Cells.Select(cell => WithoutEpochs(cell.Hyperparameters))];
        var written = plan.Cells.ToDictionary(cell => cell.Number, cell => cell.Hyperparameters);
        PlannedRun[] again = [.. added.Where(run => run.Reused is null && known.Contains(WithoutEpochs(written[run.Cell])))];
        if (again.Length == 0)
        {
            return [];
        }

        string epochs = string.Join(", ", again.Select(run => run.Hyperparameters.Epochs).Distinct().Order().Select(count => count.ToString(CultureInfo.InvariantCulture)));
        string runs = again.Length == 1 ? "1 run trains" : string.Create(CultureInfo.InvariantCulture, $"{again.Length} runs train");
        return
        [
            new SweepWarning(
                $"grid.{Epochs}",
                $"{runs} from the beginning, for {epochs} epochs: nothing is resumed from runs of this sweep with another number of epochs",
                [.. again.Take(SweepWarning.MostCells).Select(run => run.Cell)])
            {
                CellCount = again.Length,
            },
        ];
    }

    private static Hyperparameters WithoutEpochs(Hyperparameters hyperparameters) => hyperparameters with { Epochs = 0 };
}
