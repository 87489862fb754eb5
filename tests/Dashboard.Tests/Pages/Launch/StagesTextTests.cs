using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class StagesTextTests
{
    [Fact]
    public void Of_TellsPlannedAndAllEpochs() => Assert.Equal("1,250 of 4,000", StagesText.Of(new SweepStages(30, 4000, 1250)));

    [Theory]
    [InlineData(30, "30 epochs are trained once for several runs that train them alike; reused results and epochs after a stop are not trained")]
    [InlineData(0, "Reused results and epochs after a stop are not trained")]
    public void Explain_TellsWhy(int shared, string expected) => Assert.Equal(expected, StagesText.Explain(new SweepStages(shared, 100, 50)));
}
