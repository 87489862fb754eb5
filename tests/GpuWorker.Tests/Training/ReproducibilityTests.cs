using Experiments.GpuWorker.Jobs;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>All randomness comes from the seed.</summary>
[Collection(nameof(TrainingTests))]
public class ReproducibilityTests
{
    [Fact]
    public void Train_AfterAnotherRunInTheSameProcess_GivesTheSameBits()
    {
        using var fixture = new TrainingFixture();
        TrainingJob alone = fixture.Job(Everything);
        RecordingListener expected = fixture.Train(alone);
        fixture.Train(fixture.Job(Everything with { Seed = 7, Model = "small_cnn", Epochs = 1 }));
        TorchSharp.torch.manual_seed(12345);

        TrainingJob again = fixture.Job(Everything);
        RecordingListener actual = fixture.Train(again);

        Assert.Equal(expected.Reproducible, actual.Reproducible);
        AssertSameFiles(alone, again);
    }

    [Fact]
    public void Train_AnotherSeed_GivesOtherWeights()
    {
        using var fixture = new TrainingFixture();
        RecordingListener one = fixture.Train(fixture.Job(Everything with { Epochs = 1 }));
        RecordingListener other = fixture.Train(fixture.Job(Everything with { Epochs = 1, Seed = 43 }));

        Assert.NotEqual(one.Reproducible, other.Reproducible);
    }
}
