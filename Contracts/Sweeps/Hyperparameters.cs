using System.Text.Json.Serialization;

namespace Experiments.Contracts.Sweeps;

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
    Cosine,
    Plateau,
    OneCycle,
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

    public string Model { get; init; } = "small_cnn";

    /// <summary><c>none</c>, <c>imagenet</c>, <c>run:&lt;id&gt;</c> or the path of a .safetensors file.</summary>
    public string Pretrained { get; init; } = "none";

    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The learning rate of all layers but the head; null for the same as <see cref="LearningRate"/>.</summary>
    public double? BackboneLearningRate { get; init; }

    /// <summary>For so many epochs only the head is trained.</summary>
    public int FreezeEpochs { get; init; }

    public string Augmentation { get; init; } = "none";

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 64;

    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Of sgd and rmsprop.</summary>
    public double Momentum { get; init; } = 0.9;

    public double WeightDecay { get; init; }

    public SchedulerKind Scheduler { get; init; } = SchedulerKind.None;

    public int SchedulerStepSize { get; init; } = 10;

    public double SchedulerGamma { get; init; } = 0.1;

    public int SchedulerPatience { get; init; } = 2;

    /// <summary>Stop after so many epochs without a better objective; null to train all epochs.</summary>
    public int? EarlyStoppingPatience { get; init; }

    public double EarlyStoppingMinDelta { get; init; }

    public double LabelSmoothing { get; init; }

    /// <summary>The dropout probability in front of the last layer.</summary>
    public double Dropout { get; init; }

    /// <summary>Images are scaled to this many pixels a side; null for the data set's own size (never null once resolved).</summary>
    public int? ImageSize { get; init; }

    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Everything random in a run comes from this.</summary>
    public long Seed { get; init; } = 42;
}
