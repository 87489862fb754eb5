using Experiments.GpuWorker.Devices;

namespace Experiments.GpuWorker.Tests.Devices;

public sealed class BFloat16SupportTests
{
    [Fact]
    public void Has_Cpu_AgreesWithTheKernelsList()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the list is Linux's");
        string[] flags = [.. File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal) || line.StartsWith("Features", StringComparison.Ordinal)).Split(' ')];

        Assert.Equal(flags.Intersect(["avx512_bf16", "amx_bf16", "bf16"]).Any(), BFloat16Support.Has(TrainingDevice.Select("cpu")));
    }

    [Fact]
    public void Has_Gpu_IsMeasuredInAnyCase() => Assert.True(BFloat16Support.Has(new TrainingDevice("cuda:0", 0)));
}
