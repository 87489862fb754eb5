using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training;

[Collection(nameof(TrainingTests))]
public class NativeMemoryTests
{
    private const long AllowedGrowth = 16_000_000;

    [Theory]
    [InlineData("lenet5", 100)]
    [InlineData("resnet18", 20)]
    public void Train_ManyEpochs_KeepsNoTensorAndNoMemoryMore(string model, int epochs)
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with
        {
            Model = model,
            Epochs = epochs,
            BatchSize = 16,
            Augmentation = "standard",
            Dropout = 0.1,
            Mixup = 0.2,
            Cutmix = 1,
            ClassWeights = ClassWeighting.Balanced,
            GradientAccumulation = 2,
            GradientClipping = 1,
            EmaDecay = 0.9,
            Pruning = 0.5,
            PruningEpochs = epochs - 1,
        };
        var tensors = new List<long>();
        var resident = new List<long>();

        fixture.Trainer.Train(
            fixture.Job(settings, TrainingFixture.Digits(limit: 48)), new RecordingListener { OnEpoch = _ => Measure() }, CancellationToken.None, CancellationToken.None);

        int early = epochs / 10;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{model}: {tensors[early - 1]} tensors after epoch {early}, {tensors[^2]} after {epochs - 1}; resident {resident[early - 1] / 1e6:F1} MB, {resident[^1] / 1e6:F1} MB");

        // The last epoch builds another network, to report on it, which the counter miscounts (see below).
        Assert.Equal(tensors[early - 1], tensors[^2]);

        // A leak grows steadily; the memory of .NET's collector fluctuates.
        Assert.InRange(resident.TakeLast(epochs / 4).Min() - resident.Take(epochs / 2).Max(), long.MinValue, AllowedGrowth);

        void Measure()
        {
            tensors.Add(Tensor.TotalCount);
            resident.Add(Environment.WorkingSet);
        }
    }

    /// <summary>Each epoch is copied, and almost none is written.</summary>
    /// <param name="allowed">Far less than the copies of the second half.</param>
    [Theory]
    [InlineData("lenet5", 100, AllowedGrowth)]
    [InlineData("resnet18", 20, 45_000_000)]
    public void Train_ManyEpochsThatShareACheckpoint_KeepsNoMemoryMore(string model, int epochs, long allowed)
    {
        using var fixture = new TrainingFixture(("Worker:CheckpointSeconds", "3600"));
        Hyperparameters settings = TrainingFixture.Quick with { Model = model, Epochs = epochs, BatchSize = 16, EmaDecay = 0.9 };
        var resident = new List<long>();

        RecordingListener listener = fixture.Train(
            fixture.Job(settings, TrainingFixture.Digits(limit: 48)), new RecordingListener { OnTrained = _ => resident.Add(Environment.WorkingSet) });

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", resident.Select(bytes => $"{bytes / 1e6:F0}")));
        Assert.Equal(epochs, listener.Epochs.Count);
        Assert.InRange(resident.TakeLast(epochs / 4).Min() - resident.Take(epochs / 2).Max(), long.MinValue, allowed);
    }

    [Fact]
    public void Train_RunAfterRun_LeavesNoNetworkBehind()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = "resnet18", Epochs = 1, Augmentation = "standard" };

        AssertLeavesNoNetworkBehind(() => fixture.Train(fixture.Job(settings, TrainingFixture.Digits(limit: 16))));
    }

    [Fact]
    public void Train_CannotBegin_LeavesNoTeacherBehind()
    {
        using var fixture = new TrainingFixture();
        DatasetSpec few = TrainingFixture.Digits(limit: 16);
        TrainingJob teacher = fixture.Job(TrainingFixture.Quick with { Model = "resnet18", Epochs = 1 }, few);
        fixture.Train(teacher);
        fixture.Runs.Weights["teacher"] = Path.Combine(teacher.Folder, RunFiles.Best);

        // Fails after everything else has been loaded.
        Hyperparameters settings = TrainingFixture.Quick with { Model = "lenet5", Teacher = "run:teacher", EmaDecay = 0.9, Augmentation = "unknown" };

        AssertLeavesNoNetworkBehind(() => Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(fixture.Job(settings, few), new RecordingListener(), CancellationToken.None, CancellationToken.None)));
    }

    /// <summary>TorchSharp's tensor counter drifts with every network that is built, so this measures memory.</summary>
    /// <param name="run">A run with at least a ResNet-18, of 45 MB.</param>
    private static void AssertLeavesNoNetworkBehind(Action run)
    {
        const int Runs = 12;
        var resident = new List<long>();
        for (int i = 0; i < Runs; i++)
        {
            run();
            resident.Add(Environment.WorkingSet);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", resident.Select(bytes => $"{bytes / 1e6:F0}")));
        Assert.InRange(resident[(Runs / 2)..].Min() - resident[..(Runs / 2)].Max(), long.MinValue, 45_000_000);
    }
}
