using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Training.Schedules;

namespace Experiments.GpuWorker.Tests.Training.Schedules;

public class WarmupScheduleTests
{
    private const int Epochs = 8;
    private const int Iterations = 3;

    private static readonly Hyperparameters Settings = Hyperparameters.Default with
    {
        Epochs = Epochs,
        SchedulerStepSize = 3,
        SchedulerMilestones = new EpochList([2, 5]),
        SchedulerGamma = 0.5,
        SchedulerPatience = 1,
    };

    [Theory]
    [InlineData("none", 2)]
    [InlineData("step", 0)]
    [InlineData("step", 2)]
    [InlineData("multistep", 0)]
    [InlineData("multistep", 1)]
    [InlineData("cosine", 0)]
    [InlineData("cosine", 3)]
    public void FactorAt_EveryIteration_AgreesWithTorch(string scheduler, int warmupEpochs)
    {
        string printed = PythonReference.Run("learning_rates.py", scheduler, $"{Epochs}", $"{warmupEpochs}", $"{Iterations}");
        double[] expected = [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

        Assert.Equal(expected, Factors(scheduler, warmupEpochs, []), (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void FactorAt_OneCycleAfterTheWarmup_OnlyFalls()
    {
        double[] factors = Factors("onecycle", 2, []);

        Assert.Equal(0.01, factors[0]);
        Assert.Equal(factors.Take(7).Order(), factors.Take(7));
        Assert.Equal(factors.Skip(6).OrderDescending(), factors.Skip(6));
        Assert.InRange(factors[6], 0.98, 1);
        Assert.Equal(0.000004, factors[^1], tolerance: 1e-9);
    }

    [Fact]
    public void FactorAt_PlateauAfterTheWarmup_CountsNoLossFromWithinIt()
    {
        double[] losses = [0.1, 0.1, 0.9, 0.8, 0.8, 0.8, 0.8, 0.8];

        double[] factors = Factors("plateau", 2, losses);

        Assert.Equal([1, 1, 1, 1, 0.5, 0.5], factors.Skip(2 * Iterations).Where((_, i) => i % Iterations == 0));
    }

    private static double[] Factors(string scheduler, int warmupEpochs, double[] losses)
    {
        Assert.True(EnumText.TryParse(scheduler, out SchedulerKind kind));
        ISchedule schedule = ScheduleRegistry.Create(Settings with { Scheduler = kind, WarmupEpochs = warmupEpochs });
        return [.. Enumerable.Range(0, Epochs * Iterations).Select(
            i => schedule.FactorAt(new SchedulePoint(i / Iterations, i, Epochs * Iterations, [.. losses.Take(i / Iterations)])))];
    }
}
