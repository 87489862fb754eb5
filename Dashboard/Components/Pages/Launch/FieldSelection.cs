using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Text;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Which hyperparameters the form shows at once, and which only on demand. Pure.</summary>
internal static class FieldSelection
{
    /// <summary>What nearly every sweep decides; as long as it has an effect on what was chosen.</summary>
    private static readonly HashSet<string> Common =
    [
        "model", "pretrained", "augmentation", "imageSize", "batchSize", "optimizer", "learningRate", "weightDecay", "epochs", "freezeEpochs", "scheduler", "seed",
    ];

    /// <summary>
    /// True for what was chosen or has a problem, and for what is used by the models, optimizers, schedulers and so on of the draft: momentum once sgd is chosen, the
    /// step size once the step scheduler is. What can be switched on for any training, such as mixup, is not asked for.
    /// </summary>
    public static bool IsShown(SweepDraft draft, HyperparameterDefinition definition, string? error) =>
        draft.ValuesOf(definition).Count > 0
        || error is not null
        || draft.Refused.Of(definition.Name) is not null
        || ((Common.Contains(definition.Name) || IsConditional(definition)) && HyperparameterEffects.IsUsed(definition.Name, draft.ValuesOf));

    /// <summary>True where all words occur in the name, the label or the description, or are what other tools call it; for no words always.</summary>
    public static bool Matches(HyperparameterDefinition definition, string words) => words
        .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .All(word => $"{definition.Name}\n{definition.Label}\n{definition.Description}".Contains(word, StringComparison.OrdinalIgnoreCase)
            || NameAliases.Find(word, [definition.Name]).Any());

    /// <summary>True where other hyperparameters decide whether any value of it has an effect.</summary>
    private static bool IsConditional(HyperparameterDefinition definition) => HyperparameterEffects.Of(definition.Name).Any(rule => !rule.DependsOnValue);
}
