using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Sweeps.Views;

namespace Experiments.Orchestrator.Tests.Sweeps.Views;

public sealed class SweepTallyTests
{
    [Fact]
    public void TimeLeft_TwoWorkers_IsMeanTimesRunsLeftOverWorkers()
    {
        // 4 trained in 10 s each (a fifth was reused); 2 running and half done, 5 waiting: 6 runs on 2 workers.
        SweepTally tally = Tally((RunStatus.Completed, 5, 4, 40), (RunStatus.Running, 2, 0, 0), (RunStatus.Queued, 5, 0, 0));

        Assert.Equal(TimeSpan.FromSeconds(30), tally.TimeLeft);
        Assert.Equal(new RunCounts(0, 5, 2, 5, 0, 0), tally.Counts);
    }

    [Fact]
    public void TimeLeft_OneRunAfterItsFirstEpoch_UsesTheRemainingEpochs()
    {
        // 10 epochs of 4 s: 1 is finished, the second counts as half done.
        SweepTally tally = Tally([new RunningPace("s", 1, 10, 4)], (RunStatus.Running, 1, 0, 0));

        Assert.Equal(TimeSpan.FromSeconds(34), tally.TimeLeft);
    }

    [Fact]
    public void TimeLeft_NoneCompleted_WaitingRunsTakeAsLongAsTheRunningOnes()
    {
        // On 2 workers: 34 s of one, 20 s (half) of the other, 3 × 40 s that wait.
        SweepTally tally = Tally([new RunningPace("s", 1, 10, 4), new RunningPace("s", 0, 10, null)], (RunStatus.Running, 2, 0, 0), (RunStatus.Queued, 3, 0, 0));

        Assert.Equal(TimeSpan.FromSeconds(87), tally.TimeLeft);
    }

    [Fact]
    public void TimeLeft_NothingWaits_IsThatOfTheRunWithMostAhead()
    {
        SweepTally tally = Tally([new RunningPace("s", 1, 100, 1), new RunningPace("s", 99, 100, 1)], (RunStatus.Running, 2, 0, 0), (RunStatus.Completed, 1, 1, 100));

        Assert.Equal(TimeSpan.FromSeconds(98.5), tally.TimeLeft);
    }

    [Fact]
    public void TimeLeft_NothingTrainedYet_IsUnknown() => Assert.Null(Tally((RunStatus.Running, 1, 0, 0), (RunStatus.Completed, 3, 0, 0)).TimeLeft);

    [Fact]
    public void TimeLeft_NothingRunning_IsUnknown() => Assert.Null(Tally((RunStatus.Queued, 1, 0, 0), (RunStatus.Completed, 3, 3, 30)).TimeLeft);

    private static SweepTally Tally(params (RunStatus Status, int Runs, int Trained, int Seconds)[] tallies) => Tally([], tallies);

    private static SweepTally Tally(RunningPace[] running, params (RunStatus Status, int Runs, int Trained, int Seconds)[] tallies) =>
        new(tallies.Select(t => new StatusTally("s", t.Status, t.Runs, t.Trained, TimeSpan.FromSeconds(t.Seconds).Ticks)), running);
}
