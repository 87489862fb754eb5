using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Grids;

/// <summary>Walks through the cells of a grid, the last axis fastest, leaving out excluded ones.</summary>
internal sealed class GridOdometer
{
    private readonly IReadOnlyList<GridAxis> _axes;
    private readonly int[] _digits;

    /// <summary>At place i: the hyperparameters with the base and the first i axes set; only what changed is set again.</summary>
    private readonly Hyperparameters[] _prefixes;
    private readonly List<Pattern> _exclusions = [];
    private int _stale;
    private bool _started;

    /// <param name="axes">Of one of the sweep's grids.</param>
    public GridOdometer(SweepSpec spec, IReadOnlyList<GridAxis> axes)
    {
        _axes = axes;
        _digits = new int[_axes.Count];
        _prefixes = new Hyperparameters[_axes.Count + 1];
        _prefixes[0] = spec.Base.Aggregate(Hyperparameters.Default, (h, a) => a.Hyperparameter.Set(h, a.Value));
        foreach (Exclusion exclusion in spec.Exclude)
        {
            if (Pattern.Of(exclusion, _axes, _prefixes[0]) is { } pattern)
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
        foreach (Pattern pattern in _exclusions)
        {
            if (pattern.Matches(_digits))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An exclusion in terms of digits, so that a cell need not be built to be left out.</summary>
    private sealed class Pattern(List<(int Axis, bool[] Digits)> conditions)
    {
        /// <returns>Null when the exclusion cannot match, because it names a value that all cells lack.</returns>
        public static Pattern? Of(Exclusion exclusion, IReadOnlyList<GridAxis> axes, Hyperparameters @base)
        {
            var conditions = new List<(int, bool[])>();
            foreach (GridAxis match in exclusion.Matches)
            {
                int axis = IndexOf(axes, match.Hyperparameter);
                if (axis >= 0)
                {
                    conditions.Add((axis, [.. axes[axis].Values.Select(value => IsAmong(value, match.Values))]));
                }
                else if (!IsAmong(match.Hyperparameter.Get(@base), match.Values))
                {
                    return null;
                }
            }

            return new Pattern(conditions);
        }

        public bool Matches(int[] digits)
        {
            foreach ((int axis, bool[] matching) in conditions)
            {
                if (!matching[digits[axis]])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>A text is the same whether its characters are composed or not.</summary>
        private static bool IsAmong(object? value, IReadOnlyList<object?> values) =>
            values.Any(other => value is string text && other is string wanted ? Nfc.Of(text) == Nfc.Of(wanted) : Equals(value, other));

        private static int IndexOf(IReadOnlyList<GridAxis> axes, HyperparameterDefinition definition)
        {
            for (int i = 0; i < axes.Count; i++)
            {
                if (axes[i].Hyperparameter == definition)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
