using Experiments.TestSystem.Chaos;

namespace Experiments.EndToEnd.Tests.Chaos;

public sealed class FaultPlanTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    [Fact]
    public void Of_SameSeed_IsTheSamePlan() => Assert.Equal(Plan(seed: 7), Plan(seed: 7));

    [Fact]
    public void Of_AnotherSeed_IsAnotherPlan() => Assert.NotEqual(Plan(seed: 7), Plan(seed: 8));

    [Theory]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(200)]
    public void Of_EnoughFaults_HasEveryKind(int faults) =>
        Assert.Equal(Enum.GetValues<FaultKind>(), Plan(faults: faults).Select(fault => fault.Kind).Distinct().Order());

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void Of_AnyNumber_HasAsManyFaults(int faults) =>
        Assert.Equal(Enumerable.Range(1, faults), Plan(faults: faults).Select(fault => fault.Number));

    [Fact]
    public void Of_SuspendedWorkers_StayAwayForLongerThanTheirLease() => Assert.All(
        Plan().Where(fault => fault.Kind == FaultKind.SuspendWorker), fault => Assert.True(fault.Outage > Lease, $"{fault}"));

    [Fact]
    public void Of_Workers_StrikesEveryOne() =>
        Assert.Equal([0, 1, 2], Plan().Where(fault => fault.Worker is not null).Select(fault => fault.Worker!.Value).Distinct().Order());

    private static IReadOnlyList<Fault> Plan(int seed = 1, int faults = 200) => FaultPlan.Of(seed, faults, 3, Lease, Pause);
}
