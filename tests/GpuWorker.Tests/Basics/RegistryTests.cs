using System.Reflection;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Data;
using Experiments.GpuWorker.Tests.Training;
using Experiments.GpuWorker.Training.Optimizers;
using Experiments.GpuWorker.Training.Schedules;

namespace Experiments.GpuWorker.Tests.Basics;

/// <summary>Every entry of a registry has a name in the contracts and can be trained.</summary>
[Collection(nameof(TrainingTests))]
public class RegistryTests
{
    /// <summary>All but the larger VGGs, which repeat the same layers and need gigabytes per step. Parity tests cover them.</summary>
    public static TheoryData<string> TrainedModels =>
        [.. ModelCatalog.All.Where(model => model.Parameters < 100_000_000 || model.Name == "vgg11_bn").Select(model => model.Name)];

    public static TheoryData<string> Augmentations => [.. AugmentationCatalog.Names];

    public static TheoryData<string> Optimizers => [.. OptimizerRegistry.All.Names];

    public static TheoryData<string> Schedulers => [.. ScheduleRegistry.All.Names];

    public static TheoryData<string> Options => [.. OptionSettings.Keys];

    private static Dictionary<string, Func<Hyperparameters, Hyperparameters>> OptionSettings { get; } = new()
    {
        ["unfreeze"] = h => h with { Unfreeze = UnfreezeKind.Gradual },
        ["warmupEpochs"] = h => h with { WarmupEpochs = 1 },
        ["gradientClipping"] = h => h with { GradientClipping = 1 },
        ["gradientAccumulation"] = h => h with { GradientAccumulation = 3 },
        ["labelSmoothing"] = h => h with { LabelSmoothing = 0.1 },
        ["classWeights"] = h => h with { ClassWeights = ClassWeighting.Balanced },
        ["precision"] = h => h with { Precision = Precision.BFloat16 },
        ["channelsLast"] = h => h with { ChannelsLast = true },
        ["pruning"] = h => h with { Pruning = 0.3, PruningEpochs = 2 },
        ["quantization"] = h => h with { Quantization = QuantizationKind.Int8 },
        ["emaDecay"] = h => h with { EmaDecay = 0.8 },
        ["mixup"] = h => h with { Mixup = 0.2 },
        ["cutmix"] = h => h with { Cutmix = 0.5, Epochs = 8 },
    };

    [Fact]
    public void Registries_All_HoldWhatTheContractsName()
    {
        Assert.Equal(ModelCatalog.Names, ModelRegistry.All.Names);
        Assert.Equal(DatasetCatalog.Names, DatasetRegistry.All.Names);
        Assert.Equal(TransformCatalog.Names, TransformRegistry.All.Names);
        Assert.Equal(EnumText.All<OptimizerKind>(), OptimizerRegistry.All.Names);
        Assert.Equal(EnumText.All<SchedulerKind>(), ScheduleRegistry.All.Names);
    }

    [Fact]
    public void Networks_ThatAreMarked_AreInTheCatalog() => Assert.Equal(
        ModelCatalog.Names.Order(),
        typeof(ModelRegistry).Assembly.GetTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance))
            .SelectMany(member => member.GetCustomAttributes<ModelAttribute>())
            .Select(model => model.Name)
            .Order());

    [Fact]
    public void Indexer_UnknownName_SaysWhatThereIs()
    {
        TrainingException failure = Assert.Throws<TrainingException>(() => ModelRegistry.All["vgg99"]);

        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Equal($"this worker knows no model \"vgg99\"; it knows {string.Join(", ", ModelCatalog.Names)}", failure.Message);
    }

    [Theory]
    [MemberData(nameof(TrainedModels))]
    public void Train_EveryModel_Learns(string model)
    {
        // Attention handles each image independently, and is slow; batch norms need some images of both classes.
        int batch = IsTransformer(model) ? 4 : 12;
        using var images = new TemporaryFolder();
        SampleImages.WriteClasses(images, "train", 3 * batch, "a", "b");
        SampleImages.WriteClasses(images, "val", 2, "a", "b");
        using var fixture = new TrainingFixture();
        Hyperparameters settings = Descending(ModelCatalog.Find(model)!, TrainingFixture.Quick) with
        {
            Model = model,
            Epochs = 1,
            BatchSize = batch,
            ImageSize = SideFor(ModelCatalog.Find(model)!),
            SmallInput = SmallInputFor(ModelCatalog.Find(model)!),
            Dropout = 0,
        };

        RecordingListener listener = fixture.Train(fixture.Job(settings, new DatasetSpec { Name = "imagefolder", Path = images.Path }));

        double[] losses = [.. listener.Metrics.Where(metric => metric.Name == MetricNames.BatchLoss).Select(metric => metric.Value)];
        Assert.Equal(6, losses.Length);
        Assert.True(losses[3..].Min() < losses[0], string.Join(" ", losses));
    }

    [Theory]
    [MemberData(nameof(Augmentations))]
    public void Train_EveryAugmentation_Learns(string augmentation) =>
        AssertLearns(TrainingFixture.Quick with { Model = "lenet5", Augmentation = augmentation, LearningRate = 3e-3 }, epochs: 12);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Train_EveryOptimizer_Learns(string optimizer)
    {
        Assert.True(EnumText.TryParse(optimizer, out OptimizerKind kind));
        AssertLearns(TrainingFixture.Quick with { Model = "lenet5", Optimizer = kind, LearningRate = kind == OptimizerKind.Sgd ? 0.05 : 1e-3 });
    }

    [Theory]
    [MemberData(nameof(Schedulers))]
    public void Train_EveryScheduler_Learns(string scheduler)
    {
        Assert.True(EnumText.TryParse(scheduler, out SchedulerKind kind));
        AssertLearns(TrainingFixture.Quick with { Model = "lenet5", Scheduler = kind });
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Train_EveryOption_Learns(string option) =>
        AssertLearns(OptionSettings[option](TrainingFixture.Quick with { Model = "lenet5", LearningRate = 3e-3 }));

    private static bool IsTransformer(string model) => model is "vit_b_16" or "swin_t" or "deit_small" or "beit_base";

    /// <summary>Avoids Adam's state for models where it makes checkpoints of a gigabyte, which take longer than the training.</summary>
    private static Hyperparameters Descending(ModelInfo model, Hyperparameters settings) => model.Name switch
    {
        "vgg11_bn" or "vit_b_16" or "beit_base" => settings with { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 2e-3 },
        _ => settings with { LearningRate = RateFor(model) },
    };

    /// <summary>A learning rate for Adam's first steps, which move every weight by it: this adds up over the many inputs of VGG's linear layers.</summary>
    private static double RateFor(ModelInfo model) => model.Name.StartsWith("vgg", StringComparison.Ordinal) ? 2e-5
        : model.Name.StartsWith("efficientnet", StringComparison.Ordinal) ? 5e-5
        : model.Parameters < 10_000_000 ? 1e-3
        : 2e-4;

    /// <summary>At 32 pixels a batch norm at the end of an EfficientNet sees one value per image, which depends more on its neighbors than on itself.</summary>
    private static int SideFor(ModelInfo model) =>
        Math.Max(model.Name.StartsWith("efficientnet", StringComparison.Ordinal) ? 96 : 32, model.MinimumImageSize);

    /// <summary>The stem for small images multiplies the work of all layers behind it: the largest networks of a family are trained with the usual one.</summary>
    private static bool? SmallInputFor(ModelInfo model) => model.Parameters < 30_000_000 ? null : false;

    private static void AssertLearns(Hyperparameters settings, int epochs = 4)
    {
        using var fixture = new TrainingFixture();
        RecordingListener listener = fixture.Train(fixture.Job(settings with { Epochs = Math.Max(epochs, settings.Epochs), BatchSize = 16 }, TrainingFixture.Digits(limit: 160)));

        double[] losses = [.. listener.Epochs.Select(epoch => epoch.Metrics[MetricNames.TrainLoss])];
        Assert.True(losses[^1] < 0.9 * losses[0], string.Join(" ", losses));
    }
}
