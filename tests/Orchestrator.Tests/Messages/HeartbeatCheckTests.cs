using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Messages;

namespace Experiments.Orchestrator.Tests.Messages;

public sealed class HeartbeatCheckTests
{
    private static readonly Heartbeat Good = new() { WorkerId = "worker", Host = "host", Device = "cuda:0", RunId = "run", Attempt = 2, MemoryUsed = 1, MemoryTotal = 2, Utilization = 0.5 };

    [Fact]
    public void Tidy_GoodHeartbeat_StaysAsItIs() => Assert.Equal(Good, HeartbeatCheck.Tidy(Good));

    [Theory]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(-3, 0)]
    [InlineData(42, 1)]
    public void Tidy_UtilizationThatIsNone_CanBeShown(double utilization, double shown) =>
        Assert.Equal(shown, HeartbeatCheck.Tidy(Good with { Utilization = utilization }).Utilization);

    [Fact]
    public void Tidy_TextsThatAreMissingOrEndless_CanBeShown()
    {
        Heartbeat tidy = HeartbeatCheck.Tidy(Good with { Host = null!, Device = new string('x', 1_000_000), MemoryUsed = -1 });

        Assert.Equal("?", tidy.Host);
        Assert.InRange(tidy.Device.Length, 1, 1_000);
        Assert.Equal(0, tidy.MemoryUsed);
    }

    [Fact]
    public void Tidy_NoWorker_IsRefused()
    {
        Assert.Throws<BadMessageException>(() => HeartbeatCheck.Tidy(Good with { WorkerId = null! }));
        Assert.Throws<BadMessageException>(() => HeartbeatCheck.Tidy(Good with { WorkerId = "" }));
        Assert.Throws<BadMessageException>(() => HeartbeatCheck.Tidy(Good with { WorkerId = new string('x', 1_000) }));
    }
}
