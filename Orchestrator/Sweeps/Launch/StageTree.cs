using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Orchestrator.Sweeps.Planning;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>
/// The epochs that runs train alike, as <see cref="Runs.Stages.SharedStages"/> shares them: of runs that begin alike, the first trains the shared epochs,
/// and each run the epochs from where it differs from all before it. Pure.
/// </summary>
internal sealed class StageTree
{
    private readonly int[] _trained;

    /// <param name="runs">The runs that need training.</param>
    public StageTree(IReadOnlyList<PlannedRun> runs)
    {
        _trained = [.. runs.Select(run => run.Hyperparameters.Epochs)];
        var alike = runs.Index().Where(run => run.Item.StageKey is not null).GroupBy(run => run.Item.StageKey!, run => (run.Index, run.Item.Hyperparameters));
        foreach (var group in alike)
        {
            Add([.. group], from: 0);
        }
    }

    /// <summary>The number of epochs that are trained once for several runs.</summary>
    public int Shared { get; private set; }

    /// <summary>The number of epochs that each run trains itself, in the order of the runs; at least 1.</summary>
    public IReadOnlyList<int> Trained => _trained;

    /// <param name="runs">Runs that train at least <paramref name="from"/> epochs alike, which are counted already.</param>
    private void Add(IReadOnlyList<(int Index, Hyperparameters Hyperparameters)> runs, int from)
    {
        (int first, Hyperparameters leads) = runs[0];
        if (runs.Count == 1)
        {
            _trained[first] = leads.Epochs - from;
            return;
        }

        int until = runs.Skip(1).Min(other => TrainingPrefix.SharedEpochs(leads, other.Hyperparameters));
        Shared += until - from;
        foreach (var branch in runs.GroupBy(run => Next(run.Index, run.Hyperparameters, until + 1)))
        {
            Add([.. branch], until);
        }

        _trained[first] += until - from;
    }

    /// <summary>Equal for runs that train one more epoch alike; the last epoch of a run is its own.</summary>
    private static (TrainingPrefix? Prefix, int Own) Next(int index, Hyperparameters h, int epochs) =>
        epochs < h.Epochs ? (TrainingPrefix.Of(h, epochs), -1) : (null, index);
}
