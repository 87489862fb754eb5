
using Experiments.Contracts.Numbers;

namespace Experiments.Contracts.Catalog;

/// <summary>A numeric parameter of a transform.</summary>
/// <param name="Default">The value when it is left out.</param>
public sealed record TransformParameter(string Name, string Description, double Default, NumberRange Range)
{
    /// <summary>True where only whole numbers are allowed.</summary>
    public bool Whole { get; init; }

    /// <summary>Another parameter of the transform that this one must not be above.</summary>
    public string? NotAbove { get; init; }
}

/// <summary>A transform of training images that a list of transforms can name.</summary>
/// <param name="NeedsOne">True where at least one parameter must be above 0, or nothing would change.</param>
public sealed record TransformInfo(string Name, string Description, IReadOnlyList<TransformParameter> Parameters, bool NeedsOne = false)
{
    /// <summary>The transform with the parameters given here and the defaults of all others.</summary>
    /// <exception cref="ArgumentException">It has no such parameter.</exception>
    public TransformSetting With(params (string Name, double Value)[] given)
    {
        string? unknown = given.Select(pair => pair.Name).FirstOrDefault(name => Parameters.All(parameter => parameter.Name != name));
        if (unknown is not null)
        {
            throw new ArgumentException($"{Name} has no parameter \"{unknown}\"", nameof(given));
        }

        Dictionary<string, double> values = given.ToDictionary(pair => pair.Name, pair => pair.Value);
        return new TransformSetting(Name, Parameters.ToDictionary(parameter => parameter.Name, parameter => values.GetValueOrDefault(parameter.Name, parameter.Default)));
    }
}
