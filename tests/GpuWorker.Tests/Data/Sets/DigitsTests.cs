using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Splits;
using TorchSharp;

namespace Experiments.GpuWorker.Tests.Data.Sets;

public sealed class DigitsTests : IDisposable
{
    private static readonly DatasetSpec Digits = new() { Name = "digits" };

    private readonly DataFixture _fixture = new();

    [Fact]
    public void Load_Digits_HoldsBackAFifthOfEachClass()
    {
        using TrainingData data = _fixture.Load(Digits, size: 32);

        Assert.Equal(10, data.Classes.Count);
        Assert.Equal(1797, data.Training.Count + data.Validation.Count);
        Assert.InRange(data.Validation.Count, 350, 370);
    }

    [Fact]
    public void Load_OwnSize_KeepsTheValues()
    {
        using TrainingData data = _fixture.Load(Digits, size: 8);
        using torch.Tensor image = data.Training.Images.Pixels[0];

        // The first line of the file begins 0,0,5,13,9,1.
        Assert.Equal([0, 0, 80, 207, 143, 16], image.bytes[..6].ToArray());
        Assert.Equal(image.bytes[..64].ToArray(), image.bytes[128..].ToArray());
    }

    [Fact]
    public void Load_Any_NormalisesByTheTrainingImagesAlone()
    {
        using TrainingData data = _fixture.Load(Digits, size: 8);
        ImageBatch batch = data.Training.Batch([.. Enumerable.Range(0, data.Training.Count)], torch.CPU);
        using torch.Tensor unit = batch.Pixels.to_type(torch.ScalarType.Float64).div_(255);

        Assert.Equal(unit.mean().item<double>(), data.Statistics.Mean[1], tolerance: 1e-9);
        Assert.Equal(unit.std(unbiased: false).item<double>(), data.Statistics.Deviation[1], tolerance: 1e-9);
    }

    public void Dispose() => _fixture.Dispose();
}
