using System.Text.Json.Serialization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Training.Progress;

/// <summary>
/// The state of a run, except for its tensors. Schedules, early stopping and the choice of the best epoch are functions of the history, and
/// all random numbers are functions of the seed and the position: so nothing else has to be saved.
/// </summary>
internal sealed record TrainingState
{
    /// <summary>Finished iterations since the run began.</summary>
    public long Iteration { get; init; }

    /// <summary>Finished iterations of the epoch that is being trained.</summary>
    public int IterationInEpoch { get; init; }

    /// <summary>The sums over those iterations.</summary>
    public EpochSums Sums { get; init; } = EpochSums.Zero;

    /// <summary>The finished epochs in order.</summary>
    public IReadOnlyList<EpochResult> History { get; init; } = [];

    /// <summary>The number of updates so far, by parameter.</summary>
    public IReadOnlyDictionary<string, long> OptimizerSteps { get; init; } = new Dictionary<string, long>();

    /// <summary>The order that <see cref="IterationInEpoch"/> counts in; a position within another order is meaningless.</summary>
    public string Order { get; init; } = "";

    /// <summary>The classes of the network's outputs; null in checkpoints of versions that did not store them.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The configuration that it was made with; null in checkpoints of versions that did not store it.</summary>
    public Hyperparameters? Configuration { get; init; }

    /// <summary>The normalization that the initial weights require; null to use the data set's.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Finished epochs.</summary>
    [JsonIgnore]
    public int Epoch => History.Count;

    /// <summary>The values of a metric after each finished epoch.</summary>
    public IReadOnlyList<double> ValuesOf(string metric) => [.. History.Select(epoch => epoch.Metrics[metric])];
}
