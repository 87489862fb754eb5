using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>
/// Says when a hyperparameter has no effect on a training. An idle hyperparameter must not influence the trainer's results in any way: runs
/// that differ only in it are trained once. The worker's tests train both sides of every rule and compare the weights.
/// </summary>
/// <param name="hyperparameter">The name of the hyperparameter.</param>
/// <param name="dependsOn">The names of the others that decide whether it has an effect.</param>
public sealed class EffectRule(
    string hyperparameter, IReadOnlyList<string> dependsOn, Func<Hyperparameters, bool> isIdle, Func<Hyperparameters, string> reason)
{
    private readonly HyperparameterDefinition _definition = HyperparameterCatalog.Find(hyperparameter)!;

    /// <summary>The name of the hyperparameter.</summary>
    public string Hyperparameter => hyperparameter;

    /// <summary>The names of the others that decide whether it has an effect.</summary>
    public IReadOnlyList<string> DependsOn => dependsOn;

    /// <summary>True where only this value is out of reach of having an effect; false where no value has any.</summary>
    public bool DependsOnValue { get; init; }

    /// <summary>The canonical value among all equivalent ones, boxed as the definition does; null for the default.</summary>
    internal Func<Hyperparameters, object?>? Same { get; init; }

    /// <summary>True when the hyperparameter, as it is set, has no effect.</summary>
    public bool IsIdle(Hyperparameters h) => isIdle(h);

    /// <summary>Why it has no effect: the end of the sentence "momentum has no effect: …". Only for idle hyperparameters.</summary>
    public string Reason(Hyperparameters h) => reason(h);

    /// <summary>The same training with the canonical value among all equivalent ones. Only for idle hyperparameters.</summary>
    public Hyperparameters Settle(Hyperparameters h)
    {
        object? same = Same is null ? _definition.Get(Hyperparameters.Default) : Same(h);
        return Equals(_definition.Get(h), same) ? h : _definition.Set(h, same);
    }
}
