using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Models;

namespace Experiments.GpuWorker.Tests.Models;

public sealed class WeightsDescriptionTests
{
    /// <summary>Weights of earlier versions have class names in the file system's normal form.</summary>
    [Fact]
    public void Read_DecomposedClasses_AreComposed()
    {
        var statistics = new ChannelStatistics([0, 0, 0], [1, 1, 1]);
        var written = new WeightsDescription("small_cnn", ["cafe\u0301", "bar"], 32, true, statistics, 3);

        Assert.Equal(["caf\u00e9", "bar"], WeightsDescription.Read(written.ToMetadata()).Classes);
    }
}
