using System.Text.Json.Serialization;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Training.Progress;

/// <summary>
/// Where a run stands, but for its tensors. Schedules, early stopping and the choice of the best epoch are functions of the history, and
/// all random numbers are functions of the seed and the position: so this is all there is to save.
/// </summary>
internal sealed record TrainingState
{
    /// <summary>Finished iterations since the run began.</summary>
    public long Iteration { get; init; }

    /// <summary>Finished iterations of the epoch that is being trained.</summary>
    public int IterationInEpoch { get; init; }

    /// <summary>Of those iterations.</summary>
    public EpochSums Sums { get; init; } = EpochSums.Zero;

    /// <summary>The finished epochs, first to last.</summary>
    public IReadOnlyList<EpochResult> History { get; init; } = [];

    /// <summary>Updates so far by parameter.</summary>
    public IReadOnlyDictionary<string, long> OptimizerSteps { get; init; } = new Dictionary<string, long>();

    /// <summary>What <see cref="IterationInEpoch"/> counts; a position within another order would mean nothing.</summary>
    public string Order { get; init; } = "";

    /// <summary>What the outputs of the network mean; null in checkpoints of versions that did not keep them.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>What the initial weights need images to be normalised with; null to go by the data set.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Finished epochs.</summary>
    [JsonIgnore]
    public int Epoch => History.Count;

    /// <summary>The values that a metric had after each finished epoch.</summary>
    public IReadOnlyList<double> ValuesOf(string metric) => [.. History.Select(epoch => epoch.Metrics[metric])];
}
