using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>Computes how much hyperparameters matter, or reports that there are too few runs. Pure.</summary>
internal static class HyperparameterImportances
{
    private const int FewestRuns = 8;

    /// <param name="hyperparameters">The values of each hyperparameter; constant ones are left out.</param>
    public static ImportanceView Of(string metric, RunColumns runs, IReadOnlyList<string> hyperparameters)
    {
        int[] measured = [.. runs.Columns[metric].Index().Where(value => value.Item.Number is not null).Select(value => value.Index)];
        LevelAxis[] axes =
        [
            .. hyperparameters
                .Select(name => LevelAxis.Of(name, [.. measured.Select(run => runs.Columns[name][run])]))
                .Where(axis => axis.Count > 1),
        ];
        double[] values = [.. measured.Select(run => runs.Columns[metric][run].Number!.Value)];
        int needed = Math.Max(FewestRuns, (2 * axes.Length) + 2);
        var nothing = new ImportanceView { Metric = metric, Runs = measured.Length, RunsNeeded = needed, Hyperparameters = [] };
        if (measured.Length < needed || axes.Length == 0)
        {
            return nothing;
        }

        if (values.Distinct().Take(2).Count() == 1)
        {
            return nothing with { Explained = 0 };
        }

        ForestImportance forest = ImportanceForest.Measure(new TrainingRuns(axes, [.. Outliers.Fence(values)]));
        return nothing with
        {
            Explained = forest.Explained,
            Interactions = Math.Max(0, 1 - forest.Shares.Sum(share => share.Mean)),
            Hyperparameters =
            [
                .. axes
                    .Zip(forest.Shares, (axis, share) => new HyperparameterImportance(axis.Name, share.Mean, share.Deviation))
                    .OrderByDescending(importance => importance.Share),
            ],
        };
    }
}
