using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>The runs of a sweep with one status.</summary>
/// <param name="Trained">The number of runs that were trained, not reused.</param>
/// <param name="TrainedTicks">The total training time.</param>
internal sealed record StatusTally(string SweepId, RunStatus Status, int Runs, int Trained, long TrainedTicks);

/// <summary>Computes the totals of a sweep's runs. Pure.</summary>
/// <param name="running">The progress of the running runs.</param>
/// <param name="waitingForOthers">The number of pending runs that wait for equal runs of other sweeps, and so need no training.</param>
internal sealed class SweepTally(IEnumerable<StatusTally> tallies, IReadOnlyCollection<RunningPace> running, int waitingForOthers = 0)
{
    private const int LongestDays = 3650;

    private readonly Dictionary<RunStatus, StatusTally> _byStatus = tallies.ToDictionary(tally => tally.Status);

    public int WaitingForOthers => waitingForOthers;

    public RunCounts Counts => RunCounts.Of(CountOf);

    /// <summary>
    /// The remaining time: the remaining epochs of running runs, plus the mean duration for each waiting run, on as many workers as the sweep uses
    /// now. Running runs without a finished epoch count as half done. Null while no run is running, or nothing has been measured.
    /// </summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            RunCounts counts = Counts;
            if (counts.Running == 0 || MeanLength is not { } mean)
            {
                return null;
            }

            double[] left = [.. running.Select(run => run.Left).OfType<double>()];
            double sum = left.Sum() + ((counts.Running - left.Length) * mean / 2) + ((counts.Pending - waitingForOthers + counts.Queued) * mean);
            double seconds = Math.Max(sum / counts.Running, left.DefaultIfEmpty(0).Max());
            return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(LongestDays).TotalSeconds));
        }
    }

    /// <summary>The mean duration of a run in seconds: of completed runs, or before the first of them, of running ones at their pace.</summary>
    private double? MeanLength => _byStatus.GetValueOrDefault(RunStatus.Completed) is { Trained: > 0 } completed
        ? TimeSpan.FromTicks(completed.TrainedTicks).TotalSeconds / completed.Trained
        : running.Average(run => run.Length);

    /// <summary>The total duration of the attempts that have ended.</summary>
    public TimeSpan Trained => TimeSpan.FromTicks(_byStatus.Values.Sum(tally => tally.TrainedTicks));

    /// <summary>The total duration so far of the attempts that are running.</summary>
    public TimeSpan TrainingNow(DateTimeOffset now) => running.Aggregate(TimeSpan.Zero, (sum, run) => sum + (run.Since < now ? now - run.Since.Value : TimeSpan.Zero));

    private int CountOf(RunStatus status) => _byStatus.GetValueOrDefault(status)?.Runs ?? 0;
}
