
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>
/// Says when a hyperparameter has no effect on a training. An idle hyperparameter must not influence the trainer's results in any way: runs
/// that differ only in it are trained once. The worker's tests train both sides of every rule and compare the weights.
/// </summary>
public abstract class EffectRule
{
    /// <summary>The name of the hyperparameter.</summary>
    public abstract string Hyperparameter { get; }

    /// <summary>The names of the others that decide whether it has an effect.</summary>
    public abstract IReadOnlyList<string> DependsOn { get; }

    /// <summary>True where only this value is out of reach of having an effect; false where no value has any.</summary>
    public virtual bool DependsOnValue => false;

    /// <summary>True when the hyperparameter, as it is set, has no effect.</summary>
    public abstract bool IsIdle(Hyperparameters h);

    /// <summary>Why it has no effect: the end of the sentence "momentum has no effect: …". Only for idle hyperparameters.</summary>
    public abstract string Reason(Hyperparameters h);

    /// <summary>The same training with the canonical value among all equivalent ones. Only for idle hyperparameters.</summary>
    public abstract Hyperparameters Settle(Hyperparameters h);

    private protected static Hyperparameters Default => Hyperparameters.Default;
}
