using System.Collections.Frozen;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Numbers;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Configuration;

/// <summary>Every hyperparameter that a sweep can name: the one place that defines their allowed values.</summary>
public static class HyperparameterCatalog
{
    /// <summary>The largest whole number that every JSON reader keeps exactly.</summary>
    private const long LargestExact = (1L << 53) - 1;

    private static readonly NumberRange Rate = new(0, 10, MinimumExcluded: true);
    private static readonly NumberRange Fraction = new(0, 1, MaximumExcluded: true);
    private static readonly NumberRange BetaParameter = new(0, 100);

    private static IReadOnlyList<string> EarlyStoppingMetrics { get; } = [Hyperparameters.ObjectiveMetric, .. MetricNames.Objectives];

    /// <summary>All definitions, in the order in which forms and files list them.</summary>
    public static IReadOnlyList<HyperparameterDefinition> All { get; } =
    [
        new ChoiceHyperparameter("model", "Model", HyperparameterGroup.Model,
            "The network architecture.",
            () => ModelCatalog.Names, h => h.Model, (h, v) => h with { Model = v }),
        new PretrainedHyperparameter("pretrained", "Pretrained weights", HyperparameterGroup.Model,
            "Where the initial weights come from. The head is replaced if the classes differ."),
        new NumberHyperparameter("dropout", "Dropout", HyperparameterGroup.Model,
            "The probability of zeroing an activation before the last layers during training. Empty: the architecture's own.",
            Fraction, h => h.Dropout, (h, v) => h with { Dropout = v }, optional: true),
        new FlagHyperparameter("smallInput", "Small input", HyperparameterGroup.Model,
            "A stem for images of about 32×32 pixels, if the architecture has one. Empty: chosen by the image size.",
            h => h.SmallInput, (h, v) => h with { SmallInput = v }, optional: true),
        new AugmentationHyperparameter("augmentation", "Augmentation", HyperparameterGroup.Data,
            "How training images are augmented. Each sample is augmented differently in every epoch."),
        new IntegerHyperparameter("imageSize", "Image size", HyperparameterGroup.Data,
            "Images are scaled to this many pixels per side. Empty: the data set's own size.",
            8, 1024, h => h.ImageSize, (h, v) => h with { ImageSize = (int?)v }, optional: true),
        new IntegerHyperparameter("batchSize", "Batch size", HyperparameterGroup.Data,
            "Images per optimization step.",
            1, 65536, h => h.BatchSize, (h, v) => h with { BatchSize = (int)v!.Value }) { Logarithmic = true },
        new NumberHyperparameter("mixup", "Mixup", HyperparameterGroup.Data,
            "Blends pairs of training images and their labels. The value is the parameter of the beta distribution of their shares; 0 turns it off.",
            BetaParameter, h => h.Mixup, (h, v) => h with { Mixup = v!.Value }),
        new NumberHyperparameter("cutmix", "Cutmix", HyperparameterGroup.Data,
            "Pastes a part of one training image into another and mixes their labels. The value is the parameter of the beta distribution of the area; 0 turns it off.",
            BetaParameter, h => h.Cutmix, (h, v) => h with { Cutmix = v!.Value }),
        new ChoiceHyperparameter("optimizer", "Optimizer", HyperparameterGroup.Optimization,
            "The rule that turns gradients into weight updates.",
            EnumText.All<OptimizerKind>, h => EnumText.Of(h.Optimizer), (h, v) => h with { Optimizer = Parse<OptimizerKind>(v) }),
        new NumberHyperparameter("learningRate", "Learning rate", HyperparameterGroup.Optimization,
            "The size of an update; only of the head if a backbone learning rate is set.",
            Rate, h => h.LearningRate, (h, v) => h with { LearningRate = v!.Value }) { Logarithmic = true },
        new NumberHyperparameter("backboneLearningRate", "Backbone learning rate", HyperparameterGroup.Optimization,
            "The learning rate of all layers except the head. Empty: the learning rate.",
            Rate, h => h.BackboneLearningRate, (h, v) => h with { BackboneLearningRate = v }, optional: true) { Logarithmic = true },
        new NumberHyperparameter("momentum", "Momentum", HyperparameterGroup.Optimization,
            "How much of the previous update is kept. Used by sgd and rmsprop.",
            Fraction, h => h.Momentum, (h, v) => h with { Momentum = v!.Value }),
        new NumberHyperparameter("gradientClipping", "Gradient clipping", HyperparameterGroup.Optimization,
            "The largest norm of all gradients together; larger ones are scaled down. Empty: no clipping.",
            new NumberRange(0, 1_000_000, MinimumExcluded: true), h => h.GradientClipping, (h, v) => h with { GradientClipping = v }, optional: true) { Logarithmic = true },
        new IntegerHyperparameter("gradientAccumulation", "Gradient accumulation", HyperparameterGroup.Optimization,
            "Splits each batch into this many parts and adds up their gradients: less memory, the same step.",
            1, 1024, h => h.GradientAccumulation, (h, v) => h with { GradientAccumulation = (int)v!.Value }),
        new IntegerHyperparameter("epochs", "Epochs", HyperparameterGroup.Schedule,
            "How many times a run goes through the training images.",
            1, 10_000, h => h.Epochs, (h, v) => h with { Epochs = (int)v!.Value }),
        new IntegerHyperparameter("freezeEpochs", "Freeze epochs", HyperparameterGroup.Schedule,
            "For this many epochs only the head is trained; after that, all layers are.",
            0, 10_000, h => h.FreezeEpochs, (h, v) => h with { FreezeEpochs = (int)v!.Value }),
        new ChoiceHyperparameter("unfreeze", "Unfreeze", HyperparameterGroup.Schedule,
            "After the frozen epochs: the whole backbone in one step (all), or one block of layers per epoch, from the last to the first (gradual).",
            EnumText.All<UnfreezeKind>, h => EnumText.Of(h.Unfreeze), (h, v) => h with { Unfreeze = Parse<UnfreezeKind>(v) }),
        new FlagHyperparameter("freezeBatchNorm", "Freeze batch norm", HyperparameterGroup.Schedule,
            "Batch norms of frozen layers keep their statistics. With false they keep adapting to the training images, as in notebooks that only switch off gradients.",
            h => h.FreezeBatchNorm, (h, v) => h with { FreezeBatchNorm = v!.Value }),
        new ChoiceHyperparameter("scheduler", "Scheduler", HyperparameterGroup.Schedule,
            "How the learning rate changes over the epochs.",
            EnumText.All<SchedulerKind>, h => EnumText.Of(h.Scheduler), (h, v) => h with { Scheduler = Parse<SchedulerKind>(v) }),
        new IntegerHyperparameter("schedulerStepSize", "Scheduler step size", HyperparameterGroup.Schedule,
            "Epochs between two steps of the step scheduler.",
            1, 10_000, h => h.SchedulerStepSize, (h, v) => h with { SchedulerStepSize = (int)v!.Value }),
        new EpochListHyperparameter("schedulerMilestones", "Scheduler milestones", HyperparameterGroup.Schedule,
            "The numbers of finished epochs after which the multistep scheduler steps.",
            10_000, h => h.SchedulerMilestones, (h, v) => h with { SchedulerMilestones = v }),
        new NumberHyperparameter("schedulerGamma", "Scheduler gamma", HyperparameterGroup.Schedule,
            "The factor of a step of the step, multistep and plateau schedulers.",
            new NumberRange(0, 1, MinimumExcluded: true), h => h.SchedulerGamma, (h, v) => h with { SchedulerGamma = v!.Value }),
        new IntegerHyperparameter("schedulerPatience", "Scheduler patience", HyperparameterGroup.Schedule,
            "Epochs without a better validation loss before the plateau scheduler steps.",
            0, 10_000, h => h.SchedulerPatience, (h, v) => h with { SchedulerPatience = (int)v!.Value }),
        new IntegerHyperparameter("warmupEpochs", "Warm-up epochs", HyperparameterGroup.Schedule,
            "The learning rate rises linearly from near zero for this many epochs before the scheduler takes over.",
            0, 10_000, h => h.WarmupEpochs, (h, v) => h with { WarmupEpochs = (int)v!.Value }),
        new IntegerHyperparameter("earlyStoppingPatience", "Early stopping patience", HyperparameterGroup.Schedule,
            "Training stops after this many epochs without a better early stopping metric. Empty: all epochs are trained.",
            1, 10_000, h => h.EarlyStoppingPatience, (h, v) => h with { EarlyStoppingPatience = (int?)v }, optional: true),
        new ChoiceHyperparameter("earlyStoppingMetric", "Early stopping metric", HyperparameterGroup.Schedule,
            "The metric that early stopping watches: the sweep's objective, or another.",
            () => EarlyStoppingMetrics, h => h.EarlyStoppingMetric, (h, v) => h with { EarlyStoppingMetric = v }),
        new NumberHyperparameter("earlyStoppingMinDelta", "Early stopping minimum delta", HyperparameterGroup.Schedule,
            "The early stopping metric must improve by more than this to count as better.",
            new NumberRange(0, 1_000_000), h => h.EarlyStoppingMinDelta, (h, v) => h with { EarlyStoppingMinDelta = v!.Value }),
        new NumberHyperparameter("weightDecay", "Weight decay", HyperparameterGroup.Regularization,
            "Pulls weights toward zero: an L2 penalty, decoupled from the gradient with adamw.",
            new NumberRange(0, 1), h => h.WeightDecay, (h, v) => h with { WeightDecay = v!.Value }) { Logarithmic = true },
        new NumberHyperparameter("labelSmoothing", "Label smoothing", HyperparameterGroup.Regularization,
            "The share of the target probability spread evenly over all classes.",
            Fraction, h => h.LabelSmoothing, (h, v) => h with { LabelSmoothing = v!.Value }),
        new ChoiceHyperparameter("classWeights", "Class weights", HyperparameterGroup.Regularization,
            "Balanced weighs the loss of each class inversely to its number of training images.",
            EnumText.All<ClassWeighting>, h => EnumText.Of(h.ClassWeights), (h, v) => h with { ClassWeights = Parse<ClassWeighting>(v) }),
        new NumberHyperparameter("emaDecay", "EMA decay", HyperparameterGroup.Regularization,
            "Keeps an exponential moving average of the weights with this decay, and evaluates and saves it instead of them. Empty: no average.",
            new NumberRange(0, 1, MinimumExcluded: true, MaximumExcluded: true), h => h.EmaDecay, (h, v) => h with { EmaDecay = v }, optional: true),
        new TeacherHyperparameter("teacher", "Teacher", HyperparameterGroup.Compression,
            "A finished run whose best weights teach this one: its predictions are targets in addition to the labels."),
        new NumberHyperparameter("distillationTemperature", "Distillation temperature", HyperparameterGroup.Compression,
            "Softens the predictions of teacher and student before they are compared.",
            new NumberRange(0, 1000, MinimumExcluded: true), h => h.DistillationTemperature, (h, v) => h with { DistillationTemperature = v!.Value }),
        new NumberHyperparameter("distillationAlpha", "Distillation alpha", HyperparameterGroup.Compression,
            "The teacher's share of the loss; the labels get the rest.",
            new NumberRange(0, 1), h => h.DistillationAlpha, (h, v) => h with { DistillationAlpha = v!.Value }),
        new NumberHyperparameter("pruning", "Pruning", HyperparameterGroup.Compression,
            "The share of weights, smallest first, that is set to zero before the last epochs. 0 turns it off.",
            Fraction, h => h.Pruning, (h, v) => h with { Pruning = v!.Value }),
        new IntegerHyperparameter("pruningEpochs", "Pruning epochs", HyperparameterGroup.Compression,
            "How many of the last epochs fine-tune after pruning.",
            1, 10_000, h => h.PruningEpochs, (h, v) => h with { PruningEpochs = (int)v!.Value }),
        new ChoiceHyperparameter("quantization", "Quantization", HyperparameterGroup.Compression,
            "What the best weights are converted to at the end, in addition to the originals; int8 has one scale per output channel.",
            EnumText.All<QuantizationKind>, h => EnumText.Of(h.Quantization), (h, v) => h with { Quantization = Parse<QuantizationKind>(v) }),
        new ChoiceHyperparameter("precision", "Precision", HyperparameterGroup.Execution,
            "The number format of the forward pass; weights stay float32. With auto, the launch chooses bfloat16 for models that all workers train faster in it.",
            EnumText.All<Precision>, h => EnumText.Of(h.Precision), (h, v) => h with { Precision = Parse<Precision>(v) }),
        new FlagHyperparameter("channelsLast", "Channels last", HyperparameterGroup.Execution,
            "Stores images with channels last in memory. Empty: where it was measured to help.",
            h => h.ChannelsLast, (h, v) => h with { ChannelsLast = v }, optional: true),
        new IntegerHyperparameter("seed", "Seed", HyperparameterGroup.Execution,
            "Initial weights, split, order and augmentation all come from it; several seeds show how much is chance.",
            0, LargestExact, h => h.Seed, (h, v) => h with { Seed = v!.Value }),
    ];

    /// <summary>The names of <see cref="All"/>, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(definition => definition.Name)];

    private static readonly FrozenDictionary<string, HyperparameterDefinition> ByName =
        All.ToFrozenDictionary(definition => definition.Name);

    /// <summary>The definition of that name, or null.</summary>
    public static HyperparameterDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    private static T Parse<T>(string text)
        where T : struct, Enum =>
        EnumText.TryParse(text, out T value)
            ? value
            : throw new ArgumentException($"not a value of {typeof(T).Name}: \"{text}\"", nameof(text));
}
