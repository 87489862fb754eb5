using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>The configuration that a combination of the grid has with drawn values.</summary>
/// <param name="Resolved">The configuration.</param>
/// <param name="Settled">The same without values that have no effect: equal ones are one training.</param>
public sealed record DrawnConfiguration(Hyperparameters Resolved, Hyperparameters Settled)
{
    /// <summary>Whether the sweep leaves it out.</summary>
    public bool IsExcluded { get; init; }

    /// <summary>Why it cannot be trained; null where it can.</summary>
    public string? Problem { get; init; }
}

/// <summary>A combination of the grid of a sweep with a space, which values are drawn for.</summary>
public sealed class GridCombination
{
    private readonly SweepSpec _spec;
    private readonly Exclusion[] _exclusions;

    internal GridCombination(SweepSpec spec, int grid, Hyperparameters hyperparameters)
    {
        _spec = spec;
        _exclusions = [.. spec.Exclude.Where(exclusion => SpaceExpansion.IsDrawn(spec, exclusion))];
        Grid = grid;
        Hyperparameters = hyperparameters;
    }

    /// <summary>The index of the sweep's grid that it belongs to, from 0.</summary>
    public int Grid { get; }

    /// <summary>Base and grid, without the space.</summary>
    public Hyperparameters Hyperparameters { get; }

    /// <param name="values">The values of the space's axes, in their order.</param>
    public DrawnConfiguration With(IReadOnlyList<object?> values)
    {
        Hyperparameters drawn = Hyperparameters;
        for (int i = 0; i < _spec.Space.Count; i++)
        {
            drawn = _spec.Space[i].Hyperparameter.Set(drawn, values[i]);
        }

        Hyperparameters resolved = CellDefaults.Resolve(drawn, _spec.Dataset);
        return new DrawnConfiguration(resolved, HyperparameterEffects.Settle(resolved))
        {
            IsExcluded = _exclusions.Any(exclusion => exclusion.Matches.All(match => match.Values.Contains(match.Hyperparameter.Get(drawn)))),
            Problem = CellRules.Problem(resolved),
        };
    }
}
