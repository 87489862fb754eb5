using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>The runs of a sweep in one status.</summary>
/// <param name="Trained">Those of them that were trained, not reused.</param>
/// <param name="TrainedTicks">How long that took.</param>
internal sealed record StatusTally(string SweepId, RunStatus Status, int Runs, int Trained, long TrainedTicks);

/// <summary>What the runs of a sweep add up to. Pure.</summary>
/// <param name="waitingForOthers">How many of the pending runs wait for equal ones of other sweeps: nothing is left to train for them.</param>
internal sealed class SweepTally(IEnumerable<StatusTally> tallies, int waitingForOthers = 0)
{
    private readonly Dictionary<RunStatus, StatusTally> _byStatus = tallies.ToDictionary(tally => tally.Status);

    public int WaitingForOthers => waitingForOthers;

    public RunCounts Counts => new(
        CountOf(RunStatus.Pending), CountOf(RunStatus.Queued), CountOf(RunStatus.Running),
        CountOf(RunStatus.Completed), CountOf(RunStatus.Failed), CountOf(RunStatus.Cancelled));

    /// <summary>
    /// At the mean pace of the completed runs, on as many workers as are busy with it now; running ones are taken to be
    /// half done. Null while no run has been trained or none is running.
    /// </summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            RunCounts counts = Counts;
            if (counts.Running == 0 || _byStatus.GetValueOrDefault(RunStatus.Completed) is not { Trained: > 0 } completed)
            {
                return null;
            }

            double mean = (double)completed.TrainedTicks / completed.Trained;
            double runsLeft = counts.Pending - waitingForOthers + counts.Queued + (counts.Running / 2.0);
            return TimeSpan.FromTicks((long)Math.Min(mean * runsLeft / counts.Running, TimeSpan.FromDays(3650).Ticks));
        }
    }

    private int CountOf(RunStatus status) => _byStatus.GetValueOrDefault(status)?.Runs ?? 0;
}
