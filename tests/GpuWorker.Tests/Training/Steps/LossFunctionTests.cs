using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Training.Batches;
using Experiments.GpuWorker.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Steps;

public sealed class LossFunctionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly SafetensorsContent _reference;

    public LossFunctionTests()
    {
        string path = Path.Combine(_folder.Path, "reference.safetensors");
        PythonReference.Run("cross_entropy.py", path);
        _reference = SafetensorsFile.Read(path, requireChecksum: false);
    }

    [Theory]
    [InlineData(ClassWeighting.None, "0.0", "labels")]
    [InlineData(ClassWeighting.None, "0.1", "labels")]
    [InlineData(ClassWeighting.None, "0.0", "shares")]
    [InlineData(ClassWeighting.None, "0.1", "shares")]
    [InlineData(ClassWeighting.Balanced, "0.0", "labels")]
    [InlineData(ClassWeighting.Balanced, "0.1", "labels")]
    [InlineData(ClassWeighting.Balanced, "0.0", "shares")]
    [InlineData(ClassWeighting.Balanced, "0.1", "shares")]
    public void Of_AnyTargets_AgreesWithTorchInOneAndInThreeParts(ClassWeighting weighting, string smoothing, string kind)
    {
        Hyperparameters settings = Hyperparameters.Default with
        {
            ClassWeights = weighting,
            LabelSmoothing = double.Parse(smoothing, System.Globalization.CultureInfo.InvariantCulture),
        };
        using var loss = new LossFunction(settings, _reference["counts"].data<long>().ToArray(), CPU);
        var batch = new TrainingBatch(_reference["logits"], new Targets(_reference["labels"], kind == "shares" ? _reference["shares"] : null));
        float expected = _reference[$"{EnumText.Of(weighting)}/{smoothing}/{kind}"].item<float>();

        Assert.Equal(expected, InParts(loss, batch, 1), tolerance: 1e-5);
        Assert.Equal(expected, InParts(loss, batch, 3), tolerance: 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Of_WithATeacher_AgreesWithHintonsLoss(int parts)
    {
        using var loss = new LossFunction(Hyperparameters.Default with { DistillationTemperature = 3, DistillationAlpha = 0.7 }, [5, 1, 3, 2], CPU);
        var batch = new TrainingBatch(_reference["logits"], new Targets(_reference["labels"], TeacherLogits: _reference["teacher"]));

        Assert.Equal(_reference["distilled"].item<float>(), InParts(loss, batch, parts), tolerance: 1e-5);
    }

    [Fact]
    public void Of_AuxiliaryOutputs_AreAddedWithTheirWeights()
    {
        using var loss = new LossFunction(Hyperparameters.Default, [1, 1, 1, 1], CPU);
        var targets = new Targets(_reference["labels"]);
        Tensor logits = _reference["logits"];

        float main = loss.Of(new TrainingLogits(logits, []), targets, targets).item<float>();
        float all = loss.Of(new TrainingLogits(logits, [(logits, 0.3), (logits, 0.3)]), targets, targets).item<float>();

        Assert.Equal(1.6 * main, all, tolerance: 1e-5);
    }

    [Fact]
    public void Balanced_AnyCounts_AgreesWithScikitLearn()
    {
        Assert.Equal(_reference["balanced"].data<float>().ToArray(), ClassWeights.Balanced(_reference["counts"].data<long>().ToArray()));
        Assert.Equal([1f, 0, 1], ClassWeights.Balanced([4, 0, 4]));
    }

    public void Dispose()
    {
        _reference.Dispose();
        _scope.Dispose();
        _folder.Dispose();
    }

    /// <summary>Logits in place of the images, which the loss does not use.</summary>
    private static float InParts(LossFunction loss, TrainingBatch batch, int parts) => Enumerable.Range(0, parts)
        .Select(part => batch.Part(part, parts))
        .Sum(part => loss.Of(new TrainingLogits(part.Images, []), part.Targets, batch.Targets).item<float>());
}
