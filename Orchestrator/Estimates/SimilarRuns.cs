using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;

namespace Experiments.Orchestrator.Estimates;

/// <summary>The basis for the estimate of a run.</summary>
/// <param name="EpochSeconds">The expected duration of an epoch.</param>
internal sealed record SimilarRun(EpochTime Measured, EstimateMatch Match, double EpochSeconds)
{
    /// <summary>The expected duration of the given number of epochs, with start and end of the run.</summary>
    public double SecondsOf(int epochs) => Measured.StartSeconds + (EpochSeconds * epochs);
}

/// <summary>Finds the measured runs most similar to a given one. Pure; caches results, because many cells of a grid ask the same.</summary>
/// <param name="devices">Kinds of devices that will train; empty if unknown.</param>
internal sealed class SimilarRuns(IEnumerable<EpochTime> measured, IReadOnlyCollection<string> devices)
{
    private readonly ILookup<string, EpochTime> _byModel = measured.ToLookup(time => time.Model);
    private readonly Dictionary<(string Model, int? ImageSize, int BatchSize), SimilarRun?> _found = [];

    /// <summary>Prefers the same kind of device, then the nearest image size, then the nearest batch size; null when the model was not measured.</summary>
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

    /// <summary>Kinds of devices that train at the same time have equal weight.</summary>
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

    /// <summary>Half the size is as far away as twice the size.</summary>
    private static double Distance(int one, int other) => Math.Abs(Math.Log((double)one / other));
}
