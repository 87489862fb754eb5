
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>Finds what is allowed and has an effect, but probably not the one that was meant.</summary>
public abstract class DoubtRule
{
    /// <summary>The hyperparameters that it comes from; the first of them that a sweep sets is the one to blame.</summary>
    public abstract IReadOnlyList<string> About { get; }

    /// <summary>What it comes to; null where there is nothing to doubt.</summary>
    public abstract string? Doubt(Hyperparameters h);
}
