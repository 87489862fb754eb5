using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>What somebody chose for one hyperparameter: nothing (its default holds), one value, or several, which make it an axis of the grid.</summary>
public sealed class ParameterDraft(HyperparameterDefinition definition)
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
        InGrid = _values.Count > 1;
        return true;
    }

    public void Remove(object? value)
    {
        _values.Remove(value);
        InGrid = _values.Count > 1;
    }

    /// <summary>Takes the values as a file has them, repetitions left out.</summary>
    internal void Set(IEnumerable<object?> values, bool inGrid)
    {
        _values.Clear();
        _values.AddRange(values.Distinct());
        InGrid = inGrid;
    }
}
