using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>Finds settings that are allowed and have an effect, but probably not the intended one.</summary>
/// <param name="About">The hyperparameters that cause it; the warning is reported at the first of them that the sweep sets.</param>
/// <param name="Doubt">The warning; null where there is none.</param>
public sealed record DoubtRule(IReadOnlyList<string> About, Func<Hyperparameters, string?> Doubt);
