using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Estimates;

/// <summary>What a run is estimated by.</summary>
/// <param name="EpochSeconds">What one of its epochs should take.</param>
internal sealed record SimilarRun(EpochTime Measured, EstimateMatch Match, double EpochSeconds)
{
    /// <summary>What so many epochs should take, with start and end.</summary>
    public double SecondsOf(int epochs) => Measured.StartSeconds + (EpochSeconds * epochs);
}

/// <summary>Finds the measured runs that are nearest to others. Pure; remembers what it found, as many cells of a grid ask the same.</summary>
internal sealed class SimilarRuns(IEnumerable<EpochTime> measured)
{
    private readonly ILookup<string, EpochTime> _byModel = measured.ToLookup(time => time.Model);
    private readonly Dictionary<(string Model, int? ImageSize, int BatchSize), SimilarRun?> _found = [];

    /// <summary>The nearest image size first, then the nearest batch size; null where the model was not measured.</summary>
    public SimilarRun? Find(Hyperparameters run)
    {
        (string Model, int? ImageSize, int BatchSize) key = (run.Model, run.ImageSize, run.BatchSize);
        if (!_found.TryGetValue(key, out SimilarRun? found))
        {
            found = run.ImageSize is { } size ? Nearest(run.Model, size, run.BatchSize) : null;
            _found.Add(key, found);
        }

        return found;
    }

    private SimilarRun? Nearest(string model, int imageSize, int batchSize)
    {
        EpochTime? nearest = _byModel[model]
            .OrderBy(time => Distance(time.ImageSize, imageSize))
            .ThenBy(time => Distance(time.BatchSize, batchSize))
            .ThenByDescending(time => time.Runs)
            .FirstOrDefault();
        if (nearest is null)
        {
            return null;
        }

        EstimateMatch match = nearest.ImageSize != imageSize ? EstimateMatch.OtherImageSize
            : nearest.BatchSize != batchSize ? EstimateMatch.OtherBatchSize
            : EstimateMatch.Same;
        return new SimilarRun(nearest, match, nearest.Seconds * Math.Pow((double)imageSize / nearest.ImageSize, 2));
    }

    /// <summary>Half as large is as far away as twice as large.</summary>
    private static double Distance(int one, int other) => Math.Abs(Math.Log((double)one / other));
}
