using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Grids;

/// <summary>Draws for one combination of a grid. Draws that are excluded, impossible or equal to an earlier one of it are replaced by the next.</summary>
internal sealed class DrawnCombination(GridCombination combination, Func<int, IReadOnlyList<object?>> draw)
{
    /// <summary>This number of useless draws in a row means that there are hardly any others.</summary>
    private const int MostUseless = 1000;

    private readonly HashSet<Hyperparameters> _seen = [];
    private int _next;
    private bool _isExhausted;

    /// <summary>The index of the grid that it belongs to.</summary>
    public int Grid => combination.Grid;

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
            DrawnConfiguration drawn = combination.With(draw(_next++));
            if (drawn.Problem is not null)
            {
                Impossible++;
                Problem ??= drawn.Problem;
            }
            else if (!drawn.IsExcluded && _seen.Add(drawn.Settled))
            {
                return (drawn.Resolved, drawn.Settled);
            }
        }

        _isExhausted = true;
        return null;
    }
}
