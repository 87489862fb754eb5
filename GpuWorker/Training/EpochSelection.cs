using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;

namespace Experiments.GpuWorker.Training;

/// <summary>Which epoch's weights are kept as the best, and whether a run goes on: pure functions of the configuration and the history.</summary>
internal static class EpochSelection
{
    /// <summary>The number (from 1) of the best epoch so far; 0 before the first.</summary>
    public static int BestEpoch(Hyperparameters settings, ObjectiveSpec objective, TrainingState state) =>
        ObjectiveHistory.BestEpoch(state.ValuesOf(objective.Metric), objective);

    /// <summary>True when the whole run, not only a stretch of it, has come to its end.</summary>
    public static bool IsRunFinished(Hyperparameters settings, ObjectiveSpec objective, TrainingState state)
    {
        ObjectiveSpec watched = Watched(settings, objective);
        return state.Epoch >= settings.Epochs
            || ObjectiveHistory.ShouldStop(state.ValuesOf(watched.Metric), watched, settings.EarlyStoppingPatience, settings.EarlyStoppingMinDelta);
    }

    /// <summary>What early stopping watches; the objective keeps its own direction, whichever name it is called by.</summary>
    private static ObjectiveSpec Watched(Hyperparameters settings, ObjectiveSpec objective) =>
        settings.EarlyStoppingMetric == Hyperparameters.ObjectiveMetric || settings.EarlyStoppingMetric == objective.Metric
            ? objective
            : new ObjectiveSpec(settings.EarlyStoppingMetric, MetricNames.GoalOf(settings.EarlyStoppingMetric));
}
