using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;

namespace Experiments.Orchestrator.Estimates;

/// <summary>Estimates how long runs take from the durations of similar runs. Pure.</summary>
internal static class SweepEstimator
{
    private const int MostNamed = 3;

    /// <param name="runs">The runs to be trained, in the order in which workers get them.</param>
    /// <param name="measured">The durations of epochs on the same data set.</param>
    /// <param name="dataset">Its name.</param>
    /// <param name="workers">The number of runs that train at the same time.</param>
    /// <param name="devices">The kinds of the workers' devices.</param>
    public static SweepEstimate Estimate(
        IReadOnlyList<Hyperparameters> runs, IReadOnlyList<EpochTime> measured, string dataset, int workers, IReadOnlyCollection<string> devices)
    {
        var similar = new SimilarRuns(measured, devices);
        SimilarRun?[] found = [.. runs.Select(similar.Find)];
        double[] lengths = [.. found.Zip(runs).Where(pair => pair.First is not null).Select(pair => pair.First!.SecondsOf(pair.Second.Epochs))];
        string? reason = WhyUnknown(runs, lengths.Length, dataset, workers);
        return new SweepEstimate
        {
            Seconds = reason is null ? Makespan.Of(lengths, Math.Max(workers, 1)) : null,
            Reason = reason,
            TrainingSeconds = lengths.Sum(),
            Workers = workers,
            UnknownRuns = runs.Count - lengths.Length,
            Bases = Bases(found),
        };
    }

    private static string? WhyUnknown(IReadOnlyList<Hyperparameters> runs, int known, string dataset, int workers) =>
        runs.Count == 0 ? null
        : known == 0 ? $"no run of {Names(runs)} on {dataset} has been measured yet"
        : workers == 0 ? "no worker takes runs now"
        : null;

    private static string Names(IReadOnlyList<Hyperparameters> runs)
    {
        string[] models = [.. runs.Select(run => run.Model).Distinct()];
        return models.Length > MostNamed
            ? $"{string.Join(", ", models.Take(MostNamed))} or {models.Length - MostNamed} more"
            : string.Join(" or ", models);
    }

    private static IReadOnlyList<EstimateBasis> Bases(IEnumerable<SimilarRun?> found) =>
    [
        .. found
            .OfType<SimilarRun>()
            .GroupBy(run => (run.Measured.Model, run.Match))
            .Select(group => new EstimateBasis(
                group.Key.Model,
                group.Key.Match,
                group.Count(),
                group.Select(run => run.Measured).Distinct().Sum(time => time.Runs),
                group.Average(run => run.EpochSeconds))),
    ];
}
