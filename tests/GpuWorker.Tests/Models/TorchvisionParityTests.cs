using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Tests.Training;

namespace Experiments.GpuWorker.Tests.Models;

/// <summary>torchvision's weights give the same logits here, under the same names.</summary>
[Collection(nameof(TrainingTests))]
public sealed class TorchvisionParityTests : IDisposable
{
    /// <summary>Architectures that torchvision 0.14 does not have.</summary>
    private static readonly string[] Others = ["small_cnn", "lenet5", "student_cnn", "vgg16_slim", "vgg16_gap", "vgg16_dws", "deit_small", "beit_base"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. ModelRegistry.All.Names.Except(Others)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_WeightsOfTorchvision_GivesItsLogits(string name)
    {
        const int Classes = 7;
        const int Size = 64;
        PythonReference.Run("torchvision_model.py", name, $"{Classes}", $"{Size}", _folder.Path);
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes, Size));

        LogitsParity.AssertSame(model, _folder.Path);
    }

    public void Dispose() => _folder.Dispose();
}
