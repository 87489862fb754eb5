using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>Finds what is allowed and has an effect, but probably not the one that was meant.</summary>
/// <param name="About">The hyperparameters that it comes from; the first of them that a sweep sets is the one to blame.</param>
/// <param name="Doubt">What it comes to; null where there is nothing to doubt.</param>
public sealed record DoubtRule(IReadOnlyList<string> About, Func<Hyperparameters, string?> Doubt);
