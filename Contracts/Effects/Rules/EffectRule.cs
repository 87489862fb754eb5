
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>
/// Says when a hyperparameter changes nothing of a training. What a rule calls idle must not reach the trainer's results in any way: runs
/// that differ only in it are trained once. The worker's tests train both sides of every rule and compare the weights.
/// </summary>
public abstract class EffectRule
{
    /// <summary>The name of the hyperparameter.</summary>
    public abstract string Hyperparameter { get; }

    /// <summary>The names of the others that decide whether it has an effect.</summary>
    public abstract IReadOnlyList<string> DependsOn { get; }

    /// <summary>True where it is the value that goes too far to have an effect; false where no value has any.</summary>
    public virtual bool DependsOnValue => false;

    /// <summary>True when the hyperparameter, as it is set, changes nothing.</summary>
    public abstract bool IsIdle(Hyperparameters h);

    /// <summary>Why it changes nothing: the end of the sentence "momentum has no effect: …". Only for idle ones.</summary>
    public abstract string Reason(Hyperparameters h);

    /// <summary>The same training with the value that stands for all that come to the same. Only for idle ones.</summary>
    public abstract Hyperparameters Settle(Hyperparameters h);

    private protected static Hyperparameters Default => Hyperparameters.Default;
}
