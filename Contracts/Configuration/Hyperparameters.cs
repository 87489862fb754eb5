using System.Text.Json.Serialization;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Configuration;

[JsonConverter(typeof(EnumTextConverter<OptimizerKind>))]
public enum OptimizerKind
{
    Sgd,
    Adam,
    AdamW,
    RmsProp,
}

[JsonConverter(typeof(EnumTextConverter<SchedulerKind>))]
public enum SchedulerKind
{
    None,
    Step,
    MultiStep,
    Cosine,
    Plateau,
    OneCycle,
}

[JsonConverter(typeof(EnumTextConverter<UnfreezeKind>))]
public enum UnfreezeKind
{
    /// <summary>The whole backbone at once.</summary>
    All,

    /// <summary>One block of layers per epoch, from the last to the first.</summary>
    Gradual,
}

[JsonConverter(typeof(EnumTextConverter<ClassWeighting>))]
public enum ClassWeighting
{
    None,

    /// <summary>Inversely to the number of training images of the class.</summary>
    Balanced,
}

[JsonConverter(typeof(EnumTextConverter<QuantizationKind>))]
public enum QuantizationKind
{
    None,
    Int8,
}

[JsonConverter(typeof(EnumTextConverter<Precision>))]
public enum Precision
{
    Float32,
    BFloat16,
}

/// <summary>
/// The resolved hyperparameters of one run. Defaults stand here and nowhere else; what each may be is in
/// <see cref="HyperparameterCatalog"/>.
/// </summary>
public sealed record Hyperparameters
{
    public static Hyperparameters Default { get; } = new();

    /// <summary>The value of <see cref="EarlyStoppingMetric"/> that stands for the sweep's objective.</summary>
    public const string ObjectiveMetric = "objective";

    public string Model { get; init; } = "small_cnn";

    /// <summary><c>none</c>, <c>imagenet</c>, <c>run:&lt;id&gt;</c> or the path of a .safetensors, .pth, .pt, .pth.tar or .ckpt file.</summary>
    public string Pretrained { get; init; } = "none";

    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The learning rate of all layers but the head; null for the same as <see cref="LearningRate"/>.</summary>
    public double? BackboneLearningRate { get; init; }

    /// <summary>For so many epochs only the head is trained.</summary>
    public int FreezeEpochs { get; init; }

    /// <summary>How the backbone is thawed after <see cref="FreezeEpochs"/>.</summary>
    public UnfreezeKind Unfreeze { get; init; } = UnfreezeKind.All;

    /// <summary>Batch norms of frozen layers keep their statistics.</summary>
    public bool FreezeBatchNorm { get; init; } = true;

    public string Augmentation { get; init; } = "none";

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 64;

    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Of sgd and rmsprop.</summary>
    public double Momentum { get; init; } = 0.9;

    public double WeightDecay { get; init; }

    /// <summary>The largest norm of all gradients together; null for any.</summary>
    public double? GradientClipping { get; init; }

    /// <summary>A batch is gone through in so many parts, whose gradients are added up.</summary>
    public int GradientAccumulation { get; init; } = 1;

    public SchedulerKind Scheduler { get; init; } = SchedulerKind.None;

    public int SchedulerStepSize { get; init; } = 10;

    /// <summary>Finished epochs after which multistep steps.</summary>
    public EpochList SchedulerMilestones { get; init; } = EpochList.Empty;

    public double SchedulerGamma { get; init; } = 0.1;

    public int SchedulerPatience { get; init; } = 2;

    /// <summary>The learning rate rises linearly for so many epochs, before whichever scheduler goes on.</summary>
    public int WarmupEpochs { get; init; }

    /// <summary>Stop after so many epochs without a better value of <see cref="EarlyStoppingMetric"/>; null to train all epochs.</summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary><c>objective</c> for the sweep's, or the name of a metric that every epoch has.</summary>
    public string EarlyStoppingMetric { get; init; } = ObjectiveMetric;

    public double EarlyStoppingMinDelta { get; init; }

    public double LabelSmoothing { get; init; }

    /// <summary>The dropout probability in front of the last layers; null for the architecture's own.</summary>
    public double? Dropout { get; init; }

    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>The parameter of mixup's beta distribution; 0 for none.</summary>
    public double Mixup { get; init; }

    /// <summary>The parameter of cutmix's beta distribution; 0 for none.</summary>
    public double Cutmix { get; init; }

    /// <summary>The decay of a moving average of the weights, which is then what is evaluated and kept; null for none.</summary>
    public double? EmaDecay { get; init; }

    /// <summary><c>none</c>, or <c>run:&lt;id&gt;</c>: a run whose best weights teach this one.</summary>
    public string Teacher { get; init; } = "none";

    public double DistillationTemperature { get; init; } = 4;

    /// <summary>The share of the teacher in the loss.</summary>
    public double DistillationAlpha { get; init; } = 0.5;

    /// <summary>The share of weights that is set to zero for the last <see cref="PruningEpochs"/>; 0 for none.</summary>
    public double Pruning { get; init; }

    /// <summary>So many of the epochs, the last ones, are fine-tuning after pruning.</summary>
    public int PruningEpochs { get; init; } = 1;

    /// <summary>What the best weights are converted to at the end, beside the originals.</summary>
    public QuantizationKind Quantization { get; init; } = QuantizationKind.None;

    /// <summary>Images are scaled to this many pixels a side; null for the data set's own size (never null once resolved).</summary>
    public int? ImageSize { get; init; }

    /// <summary>A stem for images of about 32×32 pixels, where the architecture has one; null to decide by the images (never null once resolved).</summary>
    public bool? SmallInput { get; init; }

    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Keep images with their channels last in memory; null where it was measured to help.</summary>
    public bool? ChannelsLast { get; init; }

    /// <summary>Everything random in a run comes from this.</summary>
    public long Seed { get; init; } = 42;
}
