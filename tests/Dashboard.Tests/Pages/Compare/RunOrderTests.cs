using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Compare;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class RunOrderTests
{
    private static readonly RunView[] Runs =
        [Samples.Run(1, accuracy: 0.5) with { TrainedSeconds = 9 }, Samples.Run(2, RunStatus.Failed, accuracy: null) with { TrainedSeconds = 7 }, Samples.Run(3, accuracy: 0.9) with { TrainedSeconds = 8 }];

    [Theory]
    [InlineData(null, "1 2 3")]
    [InlineData("validation/accuracy", "1 3 2")]
    [InlineData("-validation/accuracy", "3 1 2")]
    [InlineData("-status", "2 1 3")]
    [InlineData("duration", "2 3 1")]
    [InlineData("nonsense", "1 2 3")]
    public void Of_Key_PutsRunsWithoutAValueLast(string? sort, string cells) =>
        Assert.Equal(cells, string.Join(' ', RunOrder.Of(Runs, sort).Select(run => run.Cell)));
}
