using Experiments.Contracts.Api;
using Experiments.Orchestrator.State;

namespace Experiments.Orchestrator.Tests.State;

public sealed class PendingChangesTests
{
    [Fact]
    public async Task Take_SameChangeOften_IsReportedOnce()
    {
        using var pending = new PendingChanges();
        pending.Add(Run(1));
        pending.Add(Run(1));
        pending.Add(Run(2));

        Assert.Equal([Run(1), Run(2)], await pending.TakeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Take_TooManyRuns_AreMergedToTheirSweep()
    {
        using var pending = new PendingChanges();
        for (int i = 0; i < 100_000; i++)
        {
            pending.Add(Run(i));
        }

        IReadOnlyList<ChangeEvent> taken = await pending.TakeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(PendingChanges.Most + 1, taken.Count);
        Assert.Contains(new ChangeEvent(ChangeKind.Sweep, "s", "s"), taken);
    }

    private static ChangeEvent Run(int i) => new(ChangeKind.Run, $"r{i}", "s");
}
