
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>The values of one grid of a draft, or the values that all its grids share.</summary>
/// <param name="isGrid">True if single values are axes; false if they belong to the base.</param>
public sealed class ParameterSet(bool isGrid)
{
    /// <summary>In the order of their choice: the first axis of a grid varies slowest.</summary>
    private readonly List<ParameterDraft> _chosen = [];

    /// <summary>The axes, slowest first.</summary>
    public IEnumerable<ParameterDraft> Axes => _chosen.Where(parameter => parameter.InGrid);

    /// <summary>Values for the base.</summary>
    public IEnumerable<ParameterDraft> Singles => _chosen.Where(parameter => !parameter.InGrid && parameter.Values.Count > 0);

    /// <summary>The values of a hyperparameter, to read and to change.</summary>
    public ParameterDraft Parameter(HyperparameterDefinition definition)
    {
        ParameterDraft? found = _chosen.Find(parameter => parameter.Definition == definition);
        if (found is null)
        {
            found = new ParameterDraft(definition, isGrid);
            _chosen.Add(found);
        }

        return found;
    }

    /// <summary>A parameter with its first value moves to the end, since axes vary in the order of their choice.</summary>
    public void Add(HyperparameterDefinition definition, object? value)
    {
        ParameterDraft parameter = Parameter(definition);
        if (parameter.Values.Count == 0)
        {
            _chosen.Remove(parameter);
            _chosen.Add(parameter);
        }

        parameter.Add(value);
    }

    /// <summary>Takes the values of an axis of a file; it becomes the last axis.</summary>
    internal void TakeAxis(HyperparameterDefinition definition, IEnumerable<object?> values)
    {
        _chosen.RemoveAll(parameter => parameter.Definition == definition);
        Parameter(definition).Set(values, inGrid: true);
    }

    /// <summary>Moves all axes to another set.</summary>
    internal void MoveAxesTo(ParameterSet other)
    {
        foreach (ParameterDraft axis in Axes.ToArray())
        {
            other.TakeAxis(axis.Definition, axis.Values);
            _chosen.Remove(axis);
        }
    }
}
