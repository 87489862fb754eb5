using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>
/// Says when a hyperparameter changes nothing of a training. What a rule calls idle must not reach the trainer's results in any way: runs
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

    /// <summary>True where it is the value that goes too far to have an effect; false where no value has any.</summary>
    public bool DependsOnValue { get; init; }

    /// <summary>The value, boxed as the definition does, that stands for all that come to the same; null for the default.</summary>
    internal Func<Hyperparameters, object?>? Same { get; init; }

    /// <summary>True when the hyperparameter, as it is set, changes nothing.</summary>
    public bool IsIdle(Hyperparameters h) => isIdle(h);

    /// <summary>Why it changes nothing: the end of the sentence "momentum has no effect: …". Only for idle ones.</summary>
    public string Reason(Hyperparameters h) => reason(h);

    /// <summary>The same training with the value that stands for all that come to the same. Only for idle ones.</summary>
    public Hyperparameters Settle(Hyperparameters h)
    {
        object? same = Same is null ? _definition.Get(Hyperparameters.Default) : Same(h);
        return Equals(_definition.Get(h), same) ? h : _definition.Set(h, same);
    }
}
