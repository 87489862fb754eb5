using System.Text.Json.Serialization;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Configuration;

/// <summary>The rule that turns gradients into updates of the weights; formulas are PyTorch's.</summary>
[JsonConverter(typeof(EnumTextConverter<OptimizerKind>))]
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with <see cref="Hyperparameters.Momentum"/>: <c>torch.optim.SGD</c>.</summary>
    Sgd,

    /// <summary><c>torch.optim.Adam</c>: weight decay is an L2 penalty.</summary>
    Adam,

    /// <summary><c>torch.optim.AdamW</c>: weight decay is decoupled from the gradient.</summary>
    AdamW,

    /// <summary><c>torch.optim.RMSprop</c> with <see cref="Hyperparameters.Momentum"/>.</summary>
    RmsProp,
}

/// <summary>How the learning rate changes during training; the names and formulas are those of <c>torch.optim.lr_scheduler</c>.</summary>
[JsonConverter(typeof(EnumTextConverter<SchedulerKind>))]
public enum SchedulerKind
{
    /// <summary>It stays the same, apart from a warm-up.</summary>
    None,

    /// <summary><c>StepLR</c>: multiplied by gamma after every <see cref="Hyperparameters.SchedulerStepSize"/> epochs.</summary>
    Step,

    /// <summary><c>MultiStepLR</c>: multiplied by gamma at each of <see cref="Hyperparameters.SchedulerMilestones"/>.</summary>
    MultiStep,

    /// <summary><c>CosineAnnealingLR</c>: falls to 0 along a half cosine over all epochs.</summary>
    Cosine,

    /// <summary><c>ReduceLROnPlateau</c> on the validation loss, with <see cref="Hyperparameters.SchedulerPatience"/>.</summary>
    Plateau,

    /// <summary><c>OneCycleLR</c>: rises and falls once over the run, with every iteration.</summary>
    OneCycle,
}

/// <summary>How the layers of the backbone become trainable after the frozen epochs.</summary>
[JsonConverter(typeof(EnumTextConverter<UnfreezeKind>))]
public enum UnfreezeKind
{
    /// <summary>The whole backbone in one step.</summary>
    All,

    /// <summary>One block of layers per epoch, from the last to the first.</summary>
    Gradual,
}

/// <summary>How much each class counts in the training loss.</summary>
[JsonConverter(typeof(EnumTextConverter<ClassWeighting>))]
public enum ClassWeighting
{
    /// <summary>Every image counts the same.</summary>
    None,

    /// <summary>Each class counts inversely to its number of training images.</summary>
    Balanced,
}

/// <summary>The number format that the best weights are converted to at the end of a run.</summary>
[JsonConverter(typeof(EnumTextConverter<QuantizationKind>))]
public enum QuantizationKind
{
    /// <summary>The weights are not converted.</summary>
    None,

    /// <summary>8-bit integers, with a scale per output channel.</summary>
    Int8,
}

/// <summary>The number format of the forward pass in training; weights are always float32.</summary>
[JsonConverter(typeof(EnumTextConverter<Precision>))]
public enum Precision
{
    /// <summary>32 bits.</summary>
    Float32,

    /// <summary>16 bits with float32's range, by PyTorch's autocast.</summary>
    BFloat16,

    /// <summary>
    /// Chosen at the launch: bfloat16 for models that every connected worker trains faster in it, otherwise float32. No stored run has this value.
    /// </summary>
    Auto,
}

/// <summary>
/// The resolved hyperparameters of one run. Defaults are defined here and nowhere else; allowed values are in
/// <see cref="HyperparameterCatalog"/>.
/// </summary>
public sealed record Hyperparameters
{
    /// <summary>The configuration of a sweep that names no hyperparameter.</summary>
    public static Hyperparameters Default { get; } = new();

    /// <summary>The value of <see cref="EarlyStoppingMetric"/> that selects the sweep's objective.</summary>
    public const string ObjectiveMetric = "objective";

    /// <summary>A name from <see cref="Catalog.ModelCatalog"/>.</summary>
    public string Model { get; init; } = "small_cnn";

    /// <summary><c>none</c>, <c>imagenet</c>, <c>run:&lt;id&gt;</c> or the path of a .safetensors, .pth, .pt, .pth.tar or .ckpt file.</summary>
    public string Pretrained { get; init; } = "none";

    /// <summary>The optimizer's step size at the start, above 0 and at most 10; the scheduler changes it.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The learning rate of all layers except the head; null to use <see cref="LearningRate"/>.</summary>
    public double? BackboneLearningRate { get; init; }

    /// <summary>Epochs at the start in which only the head is trained; 0 for none.</summary>
    public int FreezeEpochs { get; init; }

    /// <summary>How the backbone is unfrozen after <see cref="FreezeEpochs"/>.</summary>
    public UnfreezeKind Unfreeze { get; init; } = UnfreezeKind.All;

    /// <summary>Batch norms of frozen layers keep their statistics.</summary>
    public bool FreezeBatchNorm { get; init; } = true;

    /// <summary>How training images are augmented; see <see cref="AugmentationText"/> for the form.</summary>
    public string Augmentation { get; init; } = "none";

    /// <summary>Passes over the training images, at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images per step of the optimizer, at least 1.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The rule that turns gradients into updates of the weights.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The momentum of <c>sgd</c> and <c>rmsprop</c>.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>The weight of the L2 penalty, 0 to 1; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The largest norm of all gradients together; null for any.</summary>
    public double? GradientClipping { get; init; }

    /// <summary>Micro-batches per batch, at least 1; their gradients are added up.</summary>
    public int GradientAccumulation { get; init; } = 1;

    /// <summary>How the learning rate changes during training.</summary>
    public SchedulerKind Scheduler { get; init; } = SchedulerKind.None;

    /// <summary>Epochs between two steps, at least 1; only for <c>step</c>.</summary>
    public int SchedulerStepSize { get; init; } = 10;

    /// <summary>The numbers of finished epochs after which <c>multistep</c> steps.</summary>
    public EpochList SchedulerMilestones { get; init; } = EpochList.Empty;

    /// <summary>The factor of each step, above 0 and at most 1; for <c>step</c>, <c>multistep</c> and <c>plateau</c>.</summary>
    public double SchedulerGamma { get; init; } = 0.1;

    /// <summary>Epochs without a smaller validation loss before a step; only for <c>plateau</c>.</summary>
    public int SchedulerPatience { get; init; } = 2;

    /// <summary>Epochs at the start in which the learning rate rises linearly; the scheduler follows. 0 for none.</summary>
    public int WarmupEpochs { get; init; }

    /// <summary>Epochs without a better value before the run stops, of <see cref="EarlyStoppingMetric"/>; null to train all epochs.</summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary><c>objective</c> for the sweep's objective, or the name of a metric that every epoch has.</summary>
    public string EarlyStoppingMetric { get; init; } = ObjectiveMetric;

    /// <summary>A value has to be better by more than this to count; in the units of <see cref="EarlyStoppingMetric"/>.</summary>
    public double EarlyStoppingMinDelta { get; init; }

    /// <summary>The share of the target that is spread evenly over all classes; from 0, below 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The dropout probability in front of the last layers; null for the architecture's own.</summary>
    public double? Dropout { get; init; }

    /// <summary>How much each class counts in the training loss.</summary>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>The parameter of mixup's beta distribution; 0 for none.</summary>
    public double Mixup { get; init; }

    /// <summary>The parameter of cutmix's beta distribution; 0 for none.</summary>
    public double Cutmix { get; init; }

    /// <summary>The decay of a moving average of the weights, which is then evaluated and kept instead of the weights; null for none.</summary>
    public double? EmaDecay { get; init; }

    /// <summary><c>none</c>, or <c>run:&lt;id&gt;</c>: a run whose best weights are the teacher of this one.</summary>
    public string Teacher { get; init; } = "none";

    /// <summary>Divides the logits of teacher and student before they are compared; above 0 (Hinton et al., 2015).</summary>
    public double DistillationTemperature { get; init; } = 4;

    /// <summary>The share of the teacher in the loss.</summary>
    public double DistillationAlpha { get; init; } = 0.5;

    /// <summary>The share of weights that is set to zero for the last <see cref="PruningEpochs"/>; 0 for none.</summary>
    public double Pruning { get; init; }

    /// <summary>Epochs of fine-tuning after pruning: the last ones of the run.</summary>
    public int PruningEpochs { get; init; } = 1;

    /// <summary>The format that the best weights are converted to at the end; the originals are kept.</summary>
    public QuantizationKind Quantization { get; init; } = QuantizationKind.None;

    /// <summary>Images are scaled to this many pixels a side; null for the data set's own size (never null once resolved).</summary>
    public int? ImageSize { get; init; }

    /// <summary>A stem for images of about 32×32 pixels, where the architecture has one; null to decide by the images (never null once resolved).</summary>
    public bool? SmallInput { get; init; }

    /// <summary>The number format of the forward pass in training.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Keep images with their channels last in memory; null where it was measured to help.</summary>
    public bool? ChannelsLast { get; init; }

    /// <summary>The seed of all random choices in a run.</summary>
    public long Seed { get; init; } = 42;
}
