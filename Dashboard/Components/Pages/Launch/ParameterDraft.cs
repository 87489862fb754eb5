
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>The values of one hyperparameter: none (its default applies), one, or several, which make it an axis of the grid.</summary>
/// <param name="isGrid">True in a separate grid, where a single value is an axis too.</param>
public sealed class ParameterDraft(HyperparameterDefinition definition, bool isGrid = false)
{
    private readonly List<object?> _values = [];

    public HyperparameterDefinition Definition { get; } = definition;

    /// <summary>The chosen values, each of a type that <see cref="HyperparameterDefinition.TryRead"/> returns; distinct.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>True if it is in the grid; a file may have an axis with a single value.</summary>
    public bool InGrid { get; private set; }

    /// <summary>Appends a value; false if it exists already.</summary>
    public bool Add(object? value)
    {
        if (_values.Contains(value))
        {
            return false;
        }

        _values.Add(value);
        InGrid = IsAxis;
        return true;
    }

    public void Remove(object? value)
    {
        _values.Remove(value);
        InGrid = IsAxis;
    }

    private bool IsAxis => _values.Count > (isGrid ? 0 : 1);

    /// <summary>Takes the values of a file without duplicates.</summary>
    internal void Set(IEnumerable<object?> values, bool inGrid)
    {
        object?[] taken = [.. values.Distinct()];
        _values.Clear();
        _values.AddRange(taken);
        InGrid = inGrid && _values.Count > 0;
    }
}
