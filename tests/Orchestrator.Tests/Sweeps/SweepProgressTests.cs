using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Sweeps;

namespace Experiments.Orchestrator.Tests.Sweeps;

public sealed class SweepProgressTests
{
    [Theory]
    [InlineData(SweepStatus.Running, true, true, false, SweepStatus.Running)]
    [InlineData(SweepStatus.Paused, true, false, false, SweepStatus.Paused)]
    [InlineData(SweepStatus.Paused, false, false, false, SweepStatus.Completed)]
    [InlineData(SweepStatus.Running, false, false, false, SweepStatus.Completed)]
    [InlineData(SweepStatus.Running, false, true, true, SweepStatus.Failed)]
    [InlineData(SweepStatus.Running, false, false, true, SweepStatus.Cancelled)]
    [InlineData(SweepStatus.Cancelled, false, true, true, SweepStatus.Cancelled)]
    [InlineData(SweepStatus.Cancelled, true, false, true, SweepStatus.Running)]
    [InlineData(SweepStatus.Failed, true, false, false, SweepStatus.Running)]
    public void StatusOf_RunsAsGiven_IsWhatTheyAddUpTo(SweepStatus current, bool unfinished, bool failed, bool cancelled, SweepStatus expected) =>
        Assert.Equal(expected, SweepProgress.StatusOf(current, unfinished, failed, cancelled));
}
