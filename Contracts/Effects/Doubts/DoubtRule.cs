
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>Finds settings that are allowed and have an effect, but probably not the intended one.</summary>
public abstract class DoubtRule
{
    /// <summary>The hyperparameters that cause it; the warning is reported at the first of them that the sweep sets.</summary>
    public abstract IReadOnlyList<string> About { get; }

    /// <summary>The warning; null where there is none.</summary>
    public abstract string? Doubt(Hyperparameters h);
}
