using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Training;
using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.GpuWorker.Tests.Devices;

public class TrainingDeviceTests
{
    [Theory]
    [InlineData("auto", 0, "cpu")]
    [InlineData("auto", 2, "cuda:0")]
    [InlineData("cpu", 2, "cpu")]
    [InlineData("cuda:1", 2, "cuda:1")]
    public void Select_WhatThereIs_IsTaken(string setting, int gpus, string expected) =>
        Assert.Equal(expected, TrainingDevice.Select(setting, () => gpus).Name);

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("CPU")]
    [InlineData("")]
    public void Select_SomethingElse_QuotesItAndSaysWhatIsAllowed(string setting)
    {
        ServiceConfigurationException thrown = Assert.Throws<ServiceConfigurationException>(() => TrainingDevice.Select(setting, () => 1));

        Assert.StartsWith($"Worker:Device is \"{setting}\"; allowed: auto, cpu, cuda:N", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_AbsentGpu_SaysHowManyThereAre()
    {
        ServiceConfigurationException thrown = Assert.Throws<ServiceConfigurationException>(() => TrainingDevice.Select("cuda:2", () => 2));

        Assert.StartsWith("Worker:Device is \"cuda:2\", but CUDA offers 2 GPU(s) here", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Cpu_TellsMemoryAndUtilization()
    {
        var time = new FakeTimeProvider();
        IDeviceMonitor monitor = DeviceMonitor.Create(new TrainingDevice("cpu", null), time);
        time.Advance(TimeSpan.FromSeconds(5));

        DeviceInfo info = monitor.Read();

        Assert.Equal("cpu", info.Device);
        Assert.InRange(info.MemoryUsed, 1, info.MemoryTotal);
        Assert.InRange(info.Utilization, 0, 1);
    }

    [Fact]
    public void Read_GpuWithoutADriver_TellsZeros()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidiactl"), "there is a driver");

        Assert.Equal(new DeviceInfo("cuda:0", "cuda:0", 0, 0, 0), DeviceMonitor.Create(new TrainingDevice("cuda:0", 0), TimeProvider.System).Read());
    }

    [Theory]
    [InlineData("Worker:Threads", "0", "Worker:Threads is \"0\"; allowed: 1 to 1024")]
    [InlineData("Datasets:Mirrors:mnist", "ftp://here/", "Datasets:Mirrors:mnist is \"ftp://here/\"; allowed: an http or https address that ends with a slash")]
    [InlineData("Worker:DatasetMemoryBytes", "0", "Worker:DatasetMemoryBytes is \"0\"; allowed: at least 1")]
    [InlineData("Datasets:Roots", "/data", "Datasets:Roots is \"/data\"; allowed: a list of full paths: write Datasets:Roots:0=/data")]
    [InlineData("Datasets:Roots:0", "data", "Datasets:Roots:0 is \"data\"; allowed: a full path, such as /data")]
    [InlineData("Worker:CheckpointSeconds", "-1", "Worker:CheckpointSeconds is \"-1\"; allowed: 0 (a checkpoint after every epoch) to 3600")]
    [InlineData("Worker:CheckpointSeconds", "NaN", "Worker:CheckpointSeconds is \"NaN\"; allowed: 0")]
    [InlineData("Worker:CheckpointSeconds", "3601", "Worker:CheckpointSeconds is \"3601\"; allowed: 0")]
    [InlineData("Worker:CheckpointMemoryBytes", "-1", "Worker:CheckpointMemoryBytes is \"-1\"; allowed: at least 0")]
    public void AddTraining_SettingOutOfRange_IsRefused(string key, string value, string expected)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();

        ServiceConfigurationException thrown = Assert.Throws<ServiceConfigurationException>(() => new ServiceCollection().AddTraining(configuration));

        Assert.StartsWith(expected, thrown.Message, StringComparison.Ordinal);
    }
}
