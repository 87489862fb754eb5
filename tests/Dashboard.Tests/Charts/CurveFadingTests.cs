using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurveFadingTests
{
    private static readonly RunView[] Runs = [Samples.Run(1), Samples.Run(2, RunStatus.Paused), Samples.Run(3, RunStatus.Stopped), Samples.Run(4, RunStatus.Running)];

    [Fact]
    public void IsFaded_NothingSelected_FadesPausedAndStoppedRuns() => Assert.Equal(["r2", "r3"], Faded(Runs));

    [Fact]
    public void IsFaded_Selection_FadesAllOthers() => Assert.Equal(["r1", "r3", "r4"], Faded(Runs, "r2"));

    [Fact]
    public void IsFaded_OnlyHeldRuns_FadesNone() => Assert.Empty(Faded(Runs[1..3]));

    private static IEnumerable<string> Faded(RunView[] runs, params string[] selected)
    {
        var fading = new CurveFading(runs, selected.ToHashSet());
        return runs.Where(fading.IsFaded).Select(run => run.Id);
    }
}
