using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;

namespace Experiments.Orchestrator.Tests.State;

public sealed class SweepStatusUpdaterTests
{
    [Theory]
    [InlineData(SweepStatus.Running, true, true, true, false, SweepStatus.Running)]
    [InlineData(SweepStatus.Paused, true, true, false, false, SweepStatus.Paused)]
    [InlineData(SweepStatus.Paused, true, false, false, false, SweepStatus.Completed)]
    [InlineData(SweepStatus.Running, true, false, false, false, SweepStatus.Completed)]
    [InlineData(SweepStatus.Running, true, false, true, true, SweepStatus.Failed)]
    [InlineData(SweepStatus.Running, true, false, false, true, SweepStatus.Cancelled)]
    [InlineData(SweepStatus.Cancelled, true, false, true, true, SweepStatus.Cancelled)]
    [InlineData(SweepStatus.Cancelled, true, true, false, true, SweepStatus.Running)]
    [InlineData(SweepStatus.Failed, true, true, false, false, SweepStatus.Running)]
    [InlineData(SweepStatus.Failed, false, false, false, false, SweepStatus.Failed)]
    [InlineData(SweepStatus.Cancelled, false, false, false, false, SweepStatus.Cancelled)]
    [InlineData(SweepStatus.Paused, false, false, false, false, SweepStatus.Completed)]
    public void StatusOf_RunsAsGiven_IsWhatTheyAddUpTo(SweepStatus current, bool any, bool unfinished, bool failed, bool cancelled, SweepStatus expected) =>
        Assert.Equal(expected, SweepStatusUpdater.StatusOf(current, any, unfinished, failed, cancelled));
}
