using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Devices;

[Collection(nameof(TrainingTests))]
public sealed class ExactConvolutionsTests
{
    [Fact]
    public void On_Gpu_HoldsAsLongAsAnybodyNeedsIt()
    {
        bool before = backends.cudnn.allow_tf32;
        ExactConvolutions? first = ExactConvolutions.On(new Device(DeviceType.CUDA));
        ExactConvolutions? second = ExactConvolutions.On(new Device(DeviceType.CUDA));

        first!.Dispose();
        first.Dispose();

        Assert.False(backends.cudnn.allow_tf32);
        second!.Dispose();
        Assert.Equal(before, backends.cudnn.allow_tf32);
        Assert.True(before);
    }

    [Fact]
    public void On_Cpu_IsNotNeeded() => Assert.Null(ExactConvolutions.On(CPU));
}
