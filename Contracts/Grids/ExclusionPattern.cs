using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Grids;

/// <summary>An exclusion as digits of the odometer, so that excluded cells need not be built.</summary>
internal sealed class ExclusionPattern(List<(int Axis, bool[] Digits)> conditions)
{
    /// <returns>Null when the exclusion cannot match, because it names a value that no cell has.</returns>
    public static ExclusionPattern? Of(Exclusion exclusion, IReadOnlyList<GridAxis> axes, Hyperparameters @base)
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

        return new ExclusionPattern(conditions);
    }

    /// <summary>True where some cell of the grid is left out.</summary>
    public bool CanMatch => conditions.TrueForAll(condition => condition.Digits.Contains(true));

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

    /// <summary>Compares texts in composed form (NFC).</summary>
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
