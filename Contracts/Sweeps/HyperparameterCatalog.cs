using System.Collections.Frozen;
using Experiments.Contracts.Catalog;

namespace Experiments.Contracts.Sweeps;

/// <summary>Every hyperparameter that a sweep can name: the one place that says what each may be.</summary>
public static class HyperparameterCatalog
{
    /// <summary>The largest whole number that every JSON reader keeps exactly.</summary>
    private const long LargestExact = (1L << 53) - 1;

    private static readonly NumberRange Rate = new(0, 10, MinimumExcluded: true);
    private static readonly NumberRange Fraction = new(0, 1, MaximumExcluded: true);

    /// <summary>All definitions, in the order in which forms and files list them.</summary>
    public static IReadOnlyList<HyperparameterDefinition> All { get; } =
    [
        new ChoiceHyperparameter("model", "Model", HyperparameterGroup.Model,
            "The network architecture.",
            () => ModelCatalog.Names, h => h.Model, (h, v) => h with { Model = v }),
        new PretrainedHyperparameter("pretrained", "Pretrained weights", HyperparameterGroup.Model,
            "Where the initial weights come from. The head is replaced where the number of classes differs."),
        new NumberHyperparameter("dropout", "Dropout", HyperparameterGroup.Model,
            "The probability with which an activation in front of the last layer is zeroed while training.",
            Fraction, h => h.Dropout, (h, v) => h with { Dropout = v!.Value }),
        new ChoiceHyperparameter("augmentation", "Augmentation", HyperparameterGroup.Data,
            "How training images are varied. Each sample draws its own variation in every epoch.",
            () => AugmentationCatalog.Names, h => h.Augmentation, (h, v) => h with { Augmentation = v }),
        new IntegerHyperparameter("imageSize", "Image size", HyperparameterGroup.Data,
            "Images are scaled to this many pixels a side. Left empty, the data set's own size is used.",
            8, 1024, h => h.ImageSize, (h, v) => h with { ImageSize = (int?)v }, optional: true),
        new IntegerHyperparameter("batchSize", "Batch size", HyperparameterGroup.Data,
            "Images per optimisation step.",
            1, 65536, h => h.BatchSize, (h, v) => h with { BatchSize = (int)v!.Value }) { Logarithmic = true },
        new ChoiceHyperparameter("optimizer", "Optimizer", HyperparameterGroup.Optimization,
            "The rule that turns gradients into weight updates.",
            EnumText.All<OptimizerKind>, h => EnumText.Of(h.Optimizer), (h, v) => h with { Optimizer = Parse<OptimizerKind>(v) }),
        new NumberHyperparameter("learningRate", "Learning rate", HyperparameterGroup.Optimization,
            "The size of an update; of the head's alone where a backbone learning rate is given.",
            Rate, h => h.LearningRate, (h, v) => h with { LearningRate = v!.Value }) { Logarithmic = true },
        new NumberHyperparameter("backboneLearningRate", "Backbone learning rate", HyperparameterGroup.Optimization,
            "The learning rate of all layers but the head. Left empty, it equals the learning rate.",
            Rate, h => h.BackboneLearningRate, (h, v) => h with { BackboneLearningRate = v }, optional: true) { Logarithmic = true },
        new NumberHyperparameter("momentum", "Momentum", HyperparameterGroup.Optimization,
            "How much of the previous update is kept. Used by sgd and rmsprop.",
            Fraction, h => h.Momentum, (h, v) => h with { Momentum = v!.Value }),
        new IntegerHyperparameter("epochs", "Epochs", HyperparameterGroup.Schedule,
            "How many times the training images are gone through.",
            1, 10_000, h => h.Epochs, (h, v) => h with { Epochs = (int)v!.Value }),
        new IntegerHyperparameter("freezeEpochs", "Freeze epochs", HyperparameterGroup.Schedule,
            "For so many epochs only the head is trained and the backbone stays as it is; then everything is.",
            0, 10_000, h => h.FreezeEpochs, (h, v) => h with { FreezeEpochs = (int)v!.Value }),
        new ChoiceHyperparameter("scheduler", "Scheduler", HyperparameterGroup.Schedule,
            "How the learning rate changes over the epochs.",
            EnumText.All<SchedulerKind>, h => EnumText.Of(h.Scheduler), (h, v) => h with { Scheduler = Parse<SchedulerKind>(v) }),
        new IntegerHyperparameter("schedulerStepSize", "Scheduler step size", HyperparameterGroup.Schedule,
            "Epochs between two steps of the step scheduler.",
            1, 10_000, h => h.SchedulerStepSize, (h, v) => h with { SchedulerStepSize = (int)v!.Value }),
        new NumberHyperparameter("schedulerGamma", "Scheduler gamma", HyperparameterGroup.Schedule,
            "The factor of a step of the step and plateau schedulers.",
            new NumberRange(0, 1, MinimumExcluded: true), h => h.SchedulerGamma, (h, v) => h with { SchedulerGamma = v!.Value }),
        new IntegerHyperparameter("schedulerPatience", "Scheduler patience", HyperparameterGroup.Schedule,
            "Epochs without a better validation loss before the plateau scheduler steps.",
            0, 10_000, h => h.SchedulerPatience, (h, v) => h with { SchedulerPatience = (int)v!.Value }),
        new IntegerHyperparameter("earlyStoppingPatience", "Early stopping patience", HyperparameterGroup.Schedule,
            "Training ends after so many epochs without a better objective. Left empty, all epochs are trained.",
            1, 10_000, h => h.EarlyStoppingPatience, (h, v) => h with { EarlyStoppingPatience = (int?)v }, optional: true),
        new NumberHyperparameter("earlyStoppingMinDelta", "Early stopping minimum delta", HyperparameterGroup.Schedule,
            "The objective must improve by more than this to count as better.",
            new NumberRange(0, 1_000_000), h => h.EarlyStoppingMinDelta, (h, v) => h with { EarlyStoppingMinDelta = v!.Value }),
        new NumberHyperparameter("weightDecay", "Weight decay", HyperparameterGroup.Regularization,
            "Pulls weights towards zero: an L2 penalty, decoupled from the gradient with adamw.",
            new NumberRange(0, 1), h => h.WeightDecay, (h, v) => h with { WeightDecay = v!.Value }) { Logarithmic = true },
        new NumberHyperparameter("labelSmoothing", "Label smoothing", HyperparameterGroup.Regularization,
            "The share of the target probability spread evenly over all classes.",
            Fraction, h => h.LabelSmoothing, (h, v) => h with { LabelSmoothing = v!.Value }),
        new ChoiceHyperparameter("precision", "Precision", HyperparameterGroup.Execution,
            "The number format of the forward pass; weights stay float32.",
            EnumText.All<Precision>, h => EnumText.Of(h.Precision), (h, v) => h with { Precision = Parse<Precision>(v) }),
        new IntegerHyperparameter("seed", "Seed", HyperparameterGroup.Execution,
            "Initial weights, split, order and augmentation all come from it; several seeds show how much is chance.",
            0, LargestExact, h => h.Seed, (h, v) => h with { Seed = v!.Value }),
    ];

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
