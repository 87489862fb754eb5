
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>What was chosen for one hyperparameter: nothing (its default holds), one value, or several, which make it an axis of the grid.</summary>
/// <param name="isGrid">True in a grid of its own, where one value makes an axis too.</param>
public sealed class ParameterDraft(HyperparameterDefinition definition, bool isGrid = false)
{
    private readonly List<object?> _values = [];

    public HyperparameterDefinition Definition { get; } = definition;

    /// <summary>The chosen values, each of a kind that <see cref="HyperparameterDefinition.TryRead"/> returns; no value twice.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>True when it stands in the grid; a file may write an axis of a single value there too.</summary>
    public bool InGrid { get; private set; }

    /// <summary>Adds a value at the end; false if it is there already.</summary>
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

    /// <summary>Takes the values as a file has them, repetitions left out.</summary>
    internal void Set(IEnumerable<object?> values, bool inGrid)
    {
        object?[] taken = [.. values.Distinct()];
        _values.Clear();
        _values.AddRange(taken);
        InGrid = inGrid && _values.Count > 0;
    }
}
