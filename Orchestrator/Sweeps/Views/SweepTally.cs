using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>The runs of a sweep in one status.</summary>
/// <param name="Trained">Those of them that were trained, not reused.</param>
/// <param name="TrainedTicks">How long that took.</param>
internal sealed record StatusTally(string SweepId, RunStatus Status, int Runs, int Trained, long TrainedTicks);

/// <summary>What the runs of a sweep add up to. Pure.</summary>
/// <param name="running">Those that run now, as far as they have got.</param>
/// <param name="waitingForOthers">How many of the pending runs wait for equal ones of other sweeps: nothing is left to train for them.</param>
internal sealed class SweepTally(IEnumerable<StatusTally> tallies, IReadOnlyCollection<RunningPace> running, int waitingForOthers = 0)
{
    private const int LongestDays = 3650;

    private readonly Dictionary<RunStatus, StatusTally> _byStatus = tallies.ToDictionary(tally => tally.Status);

    public int WaitingForOthers => waitingForOthers;

    public RunCounts Counts => new(
        CountOf(RunStatus.Pending), CountOf(RunStatus.Queued), CountOf(RunStatus.Running),
        CountOf(RunStatus.Completed), CountOf(RunStatus.Failed), CountOf(RunStatus.Cancelled));

    /// <summary>
    /// By the epochs that the running ones have ahead of them and the mean length of a run for those that wait, on as many workers as are busy with the
    /// sweep now. Running ones without a finished epoch are taken to be half done. Null while none is running, or nothing has been measured.
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

    /// <summary>Of a run in seconds: of the completed ones, or before the first of them of the running ones at their pace.</summary>
    private double? MeanLength => _byStatus.GetValueOrDefault(RunStatus.Completed) is { Trained: > 0 } completed
        ? TimeSpan.FromTicks(completed.TrainedTicks).TotalSeconds / completed.Trained
        : running.Average(run => run.Length);

    /// <summary>How long the attempts that have ended took together.</summary>
    public TimeSpan Trained => TimeSpan.FromTicks(_byStatus.Values.Sum(tally => tally.TrainedTicks));

    /// <summary>How long those attempts take already that have not ended.</summary>
    public TimeSpan TrainingNow(DateTimeOffset now) => running.Aggregate(TimeSpan.Zero, (sum, run) => sum + (run.Since < now ? now - run.Since.Value : TimeSpan.Zero));

    private int CountOf(RunStatus status) => _byStatus.GetValueOrDefault(status)?.Runs ?? 0;
}
