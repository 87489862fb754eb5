using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Draws for one combination of a grid. Draws that are excluded, impossible or equal to an earlier one of it are replaced by the next.</summary>
internal sealed class DrawnCombination(
    SweepSpec spec, int grid, Hyperparameters combination, IReadOnlyList<Exclusion> exclusions, Func<int, IReadOnlyList<object?>> draw)
{
    /// <summary>So many useless draws in a row mean that there are hardly any others.</summary>
    private const int MostUseless = 1000;

    private readonly HashSet<Hyperparameters> _seen = [];
    private int _next;
    private bool _isExhausted;

    /// <summary>The index of the grid that it belongs to.</summary>
    public int Grid => grid;

    /// <summary>How many different draws it has given.</summary>
    public int Count => _seen.Count;

    /// <summary>The draws that could not be trained.</summary>
    public int Impossible { get; private set; }

    /// <summary>Why the first of them could not; null where all could.</summary>
    public string? Problem { get; private set; }

    /// <summary>The next draw, and its form without values that have no effect; null where no other is found.</summary>
    public (Hyperparameters Resolved, Hyperparameters Settled)? Next()
    {
        for (int useless = 0; useless < MostUseless && !_isExhausted; useless++)
        {
            Hyperparameters drawn = Set(draw(_next++));
            if (exclusions.Any(exclusion => Matches(exclusion, drawn)))
            {
                continue;
            }

            Hyperparameters resolved = CellDefaults.Resolve(drawn, spec.Dataset);
            if (CellRules.Problem(resolved) is { } problem)
            {
                Impossible++;
                Problem ??= problem;
                continue;
            }

            Hyperparameters settled = HyperparameterEffects.Settle(resolved);
            if (_seen.Add(settled))
            {
                return (resolved, settled);
            }
        }

        _isExhausted = true;
        return null;
    }

    private static bool Matches(Exclusion exclusion, Hyperparameters drawn) =>
        exclusion.Matches.All(match => match.Values.Contains(match.Hyperparameter.Get(drawn)));

    private Hyperparameters Set(IReadOnlyList<object?> values)
    {
        Hyperparameters drawn = combination;
        for (int i = 0; i < spec.Space.Count; i++)
        {
            drawn = spec.Space[i].Hyperparameter.Set(drawn, values[i]);
        }

        return drawn;
    }
}
