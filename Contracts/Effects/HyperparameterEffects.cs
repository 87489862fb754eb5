using System.Collections.Frozen;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Rules;

namespace Experiments.Contracts.Effects;

/// <summary>Which hyperparameters have an effect on which training: used by the form, previews and keys of runs.</summary>
public static class HyperparameterEffects
{
    /// <summary>Every rule; a hyperparameter without one always has an effect.</summary>
    public static IReadOnlyList<EffectRule> All => EffectRules.All;

    private const int MostTried = 2000;
    private const int MostReasons = 2;

    private static readonly FrozenDictionary<string, EffectRule[]> ByName =
        All.GroupBy(rule => rule.Hyperparameter).ToFrozenDictionary(rules => rules.Key, rules => rules.ToArray());

    /// <summary>The rules of a hyperparameter; none for one that always has an effect.</summary>
    public static IReadOnlyList<EffectRule> Of(string hyperparameter) => ByName.GetValueOrDefault(hyperparameter, []);

    /// <summary>True when some value of the hyperparameter would make a difference to this training.</summary>
    public static bool IsUsed(string hyperparameter, Hyperparameters h) => !Of(hyperparameter).Any(rule => !rule.DependsOnValue && rule.IsIdle(h));

    /// <summary>
    /// True when the hyperparameter is used by at least one of the configurations that the given values allow: what a form shows
    /// for the models, optimizers and schedulers that were chosen so far.
    /// </summary>
    /// <param name="valuesOf">The values that another hyperparameter may have, boxed as its definition does; none for its default.</param>
    public static bool IsUsed(string hyperparameter, Func<HyperparameterDefinition, IReadOnlyList<object?>> valuesOf) =>
        Configurations(hyperparameter, valuesOf).Select((h, index) => index == MostTried || IsUsed(hyperparameter, h)).Any(isUsed => isUsed);

    /// <summary>Why no value of the hyperparameter makes a difference to any of these configurations; null where one does.</summary>
    /// <inheritdoc cref="IsUsed(string, Func{HyperparameterDefinition, IReadOnlyList{object?}})" path="/param"/>
    public static string? WhyUnused(string hyperparameter, Func<HyperparameterDefinition, IReadOnlyList<object?>> valuesOf)
    {
        var reasons = new List<string>();
        foreach ((int index, Hyperparameters h) in Configurations(hyperparameter, valuesOf).Index())
        {
            if (index == MostTried || Of(hyperparameter).FirstOrDefault(rule => !rule.DependsOnValue && rule.IsIdle(h)) is not { } idle)
            {
                return null;
            }

            reasons.Add(idle.Reason(h));
        }

        string[] told = [.. reasons.Distinct().Take(MostReasons)];
        return reasons.Distinct().Count() > MostReasons ? $"{told[0]}, and so on" : string.Join("; ", told);
    }

    /// <summary>The configurations to check: all combinations of the values that the rules depend on. If there are too many, a needless field may be shown.</summary>
    private static IEnumerable<Hyperparameters> Configurations(string hyperparameter, Func<HyperparameterDefinition, IReadOnlyList<object?>> valuesOf)
    {
        IEnumerable<Hyperparameters> configurations = [Hyperparameters.Default];
        foreach (string name in Of(hyperparameter).SelectMany(rule => rule.DependsOn).Distinct())
        {
            HyperparameterDefinition definition = HyperparameterCatalog.Find(name)!;
            IReadOnlyList<object?> values = valuesOf(definition);
            configurations = values.Count == 0 ? configurations : configurations.SelectMany(_ => values, definition.Set);
        }

        return configurations.Take(MostTried + 1);
    }

    /// <summary>
    /// The configuration with every hyperparameter that has no effect set to its canonical value: two trainings give the same result when these are equal.
    /// Idempotent.
    /// </summary>
    public static Hyperparameters Settle(Hyperparameters h)
    {
        foreach (EffectRule rule in All)
        {
            h = rule.IsIdle(h) ? rule.Settle(h) : h;
        }

        return h;
    }
}
