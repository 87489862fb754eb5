using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Text;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Which hyperparameters the form shows by default, and which on demand. Pure.</summary>
internal static class FieldSelection
{
    /// <summary>What nearly every sweep sets, if it has an effect.</summary>
    private static readonly HashSet<string> Common =
    [
        "model", "pretrained", "augmentation", "imageSize", "batchSize", "optimizer", "learningRate", "weightDecay", "epochs", "freezeEpochs", "scheduler", "seed",
    ];

    /// <summary>
    /// True for hyperparameters with a value or an error, and for those used by the draft's models, optimizers, schedulers and so on: momentum with sgd, the
    /// step size with the step scheduler. Optional techniques for any training, such as mixup, are not shown.
    /// </summary>
    public static bool IsShown(SweepDraft draft, HyperparameterDefinition definition, string? error) =>
        draft.ValuesOf(definition).Count > 0
        || error is not null
        || draft.Refused.Of(definition.Name) is not null
        || ((Common.Contains(definition.Name) || IsConditional(definition)) && HyperparameterEffects.IsUsed(definition.Name, draft.ValuesOf));

    /// <summary>True if all words occur in the name, label or description, or match an alias; always for no words.</summary>
    public static bool Matches(HyperparameterDefinition definition, string words) => words
        .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .All(word => $"{definition.Name}\n{definition.Label}\n{definition.Description}".Contains(word, StringComparison.OrdinalIgnoreCase)
            || NameAliases.Find(word, [definition.Name]).Any());

    /// <summary>True if its effect depends on other hyperparameters.</summary>
    private static bool IsConditional(HyperparameterDefinition definition) => HyperparameterEffects.Of(definition.Name).Any(rule => !rule.DependsOnValue);
}
