using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;

namespace Experiments.Orchestrator.Estimates;

/// <summary>What a run is estimated by.</summary>
/// <param name="EpochSeconds">What one of its epochs should take.</param>
internal sealed record SimilarRun(EpochTime Measured, EstimateMatch Match, double EpochSeconds)
{
    /// <summary>What so many epochs should take, with start and end.</summary>
    public double SecondsOf(int epochs) => Measured.StartSeconds + (EpochSeconds * epochs);
}

/// <summary>Finds the measured runs that are nearest to others. Pure; remembers what it found, as many cells of a grid ask the same.</summary>
/// <param name="devices">Kinds of devices that will train; none where that is not known.</param>
internal sealed class SimilarRuns(IEnumerable<EpochTime> measured, IReadOnlyCollection<string> devices)
{
    private readonly ILookup<string, EpochTime> _byModel = measured.ToLookup(time => time.Model);
    private readonly Dictionary<(string Model, int? ImageSize, int BatchSize), SimilarRun?> _found = [];

    /// <summary>The same kind of device first, the nearest image size next, then the nearest batch size; null where the model was not measured.</summary>
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
        EpochTime[] here = [.. _byModel[model].Where(time => time.Device is { } device && devices.Contains(device))];
        EpochTime? nearest = (here.Length > 0 ? here : _byModel[model])
            .GroupBy(time => (time.ImageSize, time.BatchSize))
            .OrderBy(times => Distance(times.Key.ImageSize, imageSize))
            .ThenBy(times => Distance(times.Key.BatchSize, batchSize))
            .ThenByDescending(times => times.Sum(time => time.Runs))
            .Select(Mean)
            .FirstOrDefault();
        if (nearest is null)
        {
            return null;
        }

        EstimateMatch match = here.Length == 0 && devices.Count > 0 && nearest.Device is not null ? EstimateMatch.OtherDevice
            : nearest.ImageSize != imageSize ? EstimateMatch.OtherImageSize
            : nearest.BatchSize != batchSize ? EstimateMatch.OtherBatchSize
            : EstimateMatch.Same;
        return new SimilarRun(nearest, match, nearest.Seconds * Math.Pow((double)imageSize / nearest.ImageSize, 2));
    }

    /// <summary>Where kinds of devices train side by side, each counts as much.</summary>
    private static EpochTime Mean(IEnumerable<EpochTime> times)
    {
        EpochTime[] all = [.. times];
        return all[0] with
        {
            Runs = all.Sum(time => time.Runs),
            Seconds = all.Average(time => time.Seconds),
            StartSeconds = all.Average(time => time.StartSeconds),
        };
    }

    /// <summary>Half as large is as far away as twice as large.</summary>
    private static double Distance(int one, int other) => Math.Abs(Math.Log((double)one / other));
}
