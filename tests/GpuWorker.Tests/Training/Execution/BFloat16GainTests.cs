using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Training.Execution;

namespace Experiments.GpuWorker.Tests.Training.Execution;

public sealed class BFloat16GainTests
{
    /// <summary>The result is a ratio of two times on every machine.</summary>
    [Fact]
    public void Of_RealSteps_GivesARatio()
    {
        double gain = new BFloat16Gain(TrainingDevice.Select("cpu"), new TrainingOptions { Threads = 2 }).Of("small_cnn");

        Assert.True(double.IsFinite(gain) && gain > 0, $"{gain}");
    }
}
