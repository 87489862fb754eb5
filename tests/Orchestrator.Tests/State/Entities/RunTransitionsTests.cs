using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.State.Entities;

public sealed class RunTransitionsTests
{
    [Fact]
    public void Table_EveryStatus_CanBeReachedFromPending()
    {
        var reached = new HashSet<RunStatus> { RunStatus.Pending };
        while (reached.SelectMany(Successors).Any(reached.Add))
        {
        }

        Assert.Equal(Enum.GetValues<RunStatus>(), reached.Order());
    }

    [Fact]
    public void Table_CompletedRun_IsFinal() => Assert.Empty(Successors(RunStatus.Completed));

    [Theory]
    [InlineData(RunStatus.Failed, RunCause.Retried, RunCause.Pardoned)]
    [InlineData(RunStatus.Cancelled, RunCause.Retried)]
    [InlineData(RunStatus.Stopped, RunCause.Promoted, RunCause.SearchResumed)]
    public void Table_EndedRun_OnlyContinuesWhenRetriedPardonedOrPromoted(RunStatus status, params RunCause[] causes) =>
        Assert.Equal(causes, Enum.GetValues<RunCause>().Where(cause => RunTransitions.IsAllowed(status, cause)));

    private static IEnumerable<RunStatus> Successors(RunStatus status)
    {
        foreach (RunCause cause in Enum.GetValues<RunCause>())
        {
            if (RunTransitions.TryNext(status, cause, out RunStatus next))
            {
                yield return next;
            }
        }
    }
}
