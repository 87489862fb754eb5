using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Sweeps;

/// <summary>A hyperparameter whose values are drawn by a sampler instead of listed in a grid.</summary>
public abstract record SpaceAxis(HyperparameterDefinition Hyperparameter);

/// <summary>A range of numbers to draw from.</summary>
/// <param name="Minimum">The smallest value that is drawn.</param>
/// <param name="Maximum">The largest value that is drawn, above <paramref name="Minimum"/>.</param>
public sealed record RangeAxis(HyperparameterDefinition Hyperparameter, double Minimum, double Maximum) : SpaceAxis(Hyperparameter)
{
    /// <summary>How densely the range is covered.</summary>
    public SpaceScale Scale { get; init; }

    /// <summary>The distance of two neighboring values, counted from <see cref="Minimum"/>; null for any value. Only on a linear scale.</summary>
    public double? Step { get; init; }
}

/// <summary>Values to choose from, boxed as <see cref="HyperparameterDefinition"/> says; distinct and never empty.</summary>
public sealed record ChoiceAxis(HyperparameterDefinition Hyperparameter, IReadOnlyList<object?> Values) : SpaceAxis(Hyperparameter);

/// <summary>How densely a range is covered.</summary>
public enum SpaceScale
{
    /// <summary>Equal differences are equally likely.</summary>
    Linear,

    /// <summary>Equal factors are equally likely; needs a minimum above 0.</summary>
    Log,
}
