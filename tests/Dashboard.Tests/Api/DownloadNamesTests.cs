using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Tests.Api;

public sealed class DownloadNamesTests
{
    [Theory]
    [InlineData("quickstart", "quickstart-run-12-best.safetensors")]
    [InlineData("Rates, by model (2nd try)!", "Rates-by-model-2nd-try-run-12-best.safetensors")]
    [InlineData("../../etc/passwd", "etc-passwd-run-12-best.safetensors")]
    [InlineData("Blüten", "Blüten-run-12-best.safetensors")]
    [InlineData("???", "sweep-run-12-best.safetensors")]
    public void OfRun_AnySweep_NamesSweepRunAndFile(string sweep, string expected) => Assert.Equal(expected, DownloadNames.OfRun(sweep, 12, "best.safetensors"));

    [Fact]
    public void OfSweep_VeryLongName_IsCut() => Assert.Equal($"{new string('x', 60)}-runs.csv", DownloadNames.OfSweep(new string('x', 200), "runs.csv"));
}
