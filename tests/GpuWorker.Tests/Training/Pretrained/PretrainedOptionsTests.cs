using Experiments.GpuWorker.Training.Pretrained;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

public sealed class PretrainedOptionsTests
{
    [Theory]
    [InlineData("http://example.org/models/", false)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("models", false)]
    [InlineData("https://example.org/models", true)]
    [InlineData("http://localhost:8000/", true)]
    public void Validate_Address_MustBeSecureOrOnThisMachine(string address, bool allowed)
    {
        var options = new PretrainedOptions { WeightsAddress = new Uri(address, UriKind.RelativeOrAbsolute) };

        Exception? failure = Record.Exception(options.Validate);

        Assert.Equal(allowed, failure is null);
    }
}
