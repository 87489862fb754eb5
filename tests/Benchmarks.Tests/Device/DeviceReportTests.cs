using Experiments.Benchmarks.Device;
using Experiments.TestServers;

namespace Experiments.Benchmarks.Tests.Device;

public sealed class DeviceReportTests
{
    [Fact]
    public async Task WriteTo_ACheckThatFailed_IsNotPassedAndStandsOut()
    {
        using var folder = new TemporaryFolder();
        var report = new DeviceReport("cuda:0", "A GPU");
        report.Figure("Rates", "resnet18", "100");
        report.Check("Agreement", "logits", "0.5", passed: false);

        report.WriteTo(folder["out"]);

        Assert.False(report.HasPassed);
        Assert.Contains("| logits | 0.5 | NOT as it should be |", await File.ReadAllTextAsync(folder["out/device.md"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
