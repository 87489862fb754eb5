using System.Text.Json;
using Experiments.Benchmarks.Device;
using Experiments.TestServers;

namespace Experiments.Benchmarks.Tests.Device;

/// <summary>Standard output and standard error are shared by the process, so these tests do not run in parallel.</summary>
[Collection(nameof(DeviceCommandTests))]
public sealed class DeviceCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_CpuAtASmallSize_PassesAndWritesWhatItFound()
    {
        using var folder = new TemporaryFolder();

        int exitCode = DeviceCommand.Run(["cpu", "--short", "--out", folder["report"]]);

        Assert.Equal(0, exitCode);
        var report = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(folder["report/device.json"], Token));
        Assert.Equal("cpu", report.GetProperty("device").GetString());
        Assert.Equal(
            ["Agreement with the CPU", "Figures of the device", "Bare step: images/s by precision", "From files to weights"],
            report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("part").GetString()).Distinct());
        Assert.Contains("| logits of resnet18, largest difference over the largest logit | 0 | as it should be |", await File.ReadAllTextAsync(folder["report/device.md"], Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu", "the device is \"gpu\"; allowed: auto, cpu, cuda:N")]
    [InlineData("cuda:99", "the device is \"cuda:99\", but CUDA offers")]
    [InlineData("cpu --quick", "not understood: \"--quick\"; write device [cpu|cuda:N] [--short] [--out FOLDER]")]
    [InlineData("cpu --out", "not understood: \"--out\"")]
    public void Run_CannotBeRead_SaysWhatToWrite(string arguments, string expected)
    {
        TextWriter before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            Assert.Equal(2, DeviceCommand.Run(arguments.Split(' ')));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
    }
}
