using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Walks through the cells of a grid, the last axis fastest, leaving out excluded ones.</summary>
internal sealed class GridOdometer
{
    private readonly IReadOnlyList<GridAxis> _axes;
    private readonly int[] _digits;

    /// <summary>At index i: the hyperparameters with the base and the first i axes set, so that a step sets only the axes that changed.</summary>
    private readonly Hyperparameters[] _prefixes;
    private readonly List<ExclusionPattern> _exclusions = [];
    private int _stale;
    private bool _started;

    /// <param name="axes">The axes of one of the sweep's grids.</param>
    public GridOdometer(SweepSpec spec, IReadOnlyList<GridAxis> axes)
    {
        _axes = axes;
        _digits = new int[_axes.Count];
        _prefixes = new Hyperparameters[_axes.Count + 1];
        _prefixes[0] = GridUnion.BaseOf(spec);
        foreach (Exclusion exclusion in spec.Exclude)
        {
            if (ExclusionPattern.Of(exclusion, _axes, _prefixes[0]) is { CanMatch: true } pattern)
            {
                _exclusions.Add(pattern);
            }
        }
    }

    public Hyperparameters Current
    {
        get
        {
            for (int i = _stale; i < _axes.Count; i++)
            {
                _prefixes[i + 1] = _axes[i].Hyperparameter.Set(_prefixes[i], _axes[i].Values[_digits[i]]);
            }

            _stale = _axes.Count;
            return _prefixes[^1];
        }
    }

    public bool MoveNext()
    {
        do
        {
            if (!Advance())
            {
                return false;
            }
        }
        while (IsExcluded());

        return true;
    }

    private bool Advance()
    {
        if (!_started)
        {
            _started = true;
            return true;
        }

        for (int i = _axes.Count - 1; i >= 0; i--)
        {
            _stale = Math.Min(_stale, i);
            if (++_digits[i] < _axes[i].Values.Count)
            {
                return true;
            }

            _digits[i] = 0;
        }

        return false;
    }

    private bool IsExcluded()
    {
        foreach (ExclusionPattern pattern in _exclusions)
        {
            if (pattern.Matches(_digits))
            {
                return true;
            }
        }

        return false;
    }
}
