using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Training.Schedules;

namespace Experiments.GpuWorker.Tests.Training.Schedules;

public class ScheduleTests
{
    private static readonly Hyperparameters Settings = Hyperparameters.Default with
    {
        Epochs = 10,
        SchedulerStepSize = 3,
        SchedulerGamma = 0.5,
        SchedulerPatience = 1,
    };

    [Fact]
    public void None_Always_Stays() => Assert.All(Epochs("none"), factor => Assert.Equal(1, factor));

    [Fact]
    public void Step_EveryThreeEpochs_Halves() =>
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125], Epochs("step"));

    [Fact]
    public void Cosine_OverTenEpochs_FallsFromOneTowardsZero()
    {
        double[] factors = Epochs("cosine");

        Assert.Equal(1, factors[0]);
        Assert.Equal(0.5, factors[5], tolerance: 1e-12);
        Assert.Equal(0.0244717, factors[9], tolerance: 1e-7);
        Assert.Equal(factors.OrderDescending(), factors);
    }

    [Theory]
    [InlineData(new double[] { }, 1)]
    [InlineData(new[] { 1, 0.9, 0.8 }, 1)]
    [InlineData(new[] { 1, 1.1 }, 1)]
    [InlineData(new[] { 1, 1.1, 1.2 }, 0.5)]
    [InlineData(new[] { 1, 0.99999, 0.99998 }, 0.5)]
    [InlineData(new[] { 1, 1.1, 1.2, 1.3, 1.4 }, 0.25)]
    [InlineData(new[] { 1, 1.1, 0.9, 1.1 }, 1)]
    public void Plateau_PatienceOne_HalvesAfterTwoEpochsWithoutProgress(double[] losses, double expected) =>
        Assert.Equal(expected, ScheduleRegistry.All["plateau"](Settings).FactorAt(new SchedulePoint(losses.Length, 0, 100, losses)));

    /// <summary>The values of torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=100).</summary>
    [Theory]
    [InlineData(0, 0.04)]
    [InlineData(10, 0.2951639485)]
    [InlineData(29, 1)]
    [InlineData(64, 0.5000020000)]
    [InlineData(99, 0.000004)]
    public void OneCycle_HundredIterations_AgreesWithTorch(long iteration, double expected) =>
        Assert.Equal(expected, ScheduleRegistry.All["onecycle"](Settings).FactorAt(new SchedulePoint(0, iteration, 100, [])), tolerance: 1e-9);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void OneCycle_VeryShortRuns_StaysWithinItsBounds(long iterations)
    {
        ISchedule schedule = ScheduleRegistry.All["onecycle"](Settings);
        for (long i = 0; i < iterations; i++)
        {
            Assert.InRange(schedule.FactorAt(new SchedulePoint(0, i, iterations, [])), 0, 1);
        }
    }

    private static double[] Epochs(string name)
    {
        ISchedule schedule = ScheduleRegistry.All[name](Settings);
        return [.. Enumerable.Range(0, 10).Select(epoch => schedule.FactorAt(new SchedulePoint(epoch, 0, 100, [])))];
    }
}
