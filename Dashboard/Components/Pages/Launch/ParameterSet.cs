
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>What one grid of a draft sets, or what all its grids share.</summary>
/// <param name="isGrid">True where every value is one of an axis; false where a single value belongs to the base.</param>
public sealed class ParameterSet(bool isGrid)
{
    /// <summary>In the order in which they were chosen: the first axis of a grid varies slowest.</summary>
    private readonly List<ParameterDraft> _chosen = [];

    /// <summary>The axes, slowest first.</summary>
    public IEnumerable<ParameterDraft> Axes => _chosen.Where(parameter => parameter.InGrid);

    /// <summary>Values for the base.</summary>
    public IEnumerable<ParameterDraft> Singles => _chosen.Where(parameter => !parameter.InGrid && parameter.Values.Count > 0);

    /// <summary>What was chosen for a hyperparameter, to look at and to change.</summary>
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

    /// <summary>A parameter that just got its first value goes to the end: axes vary in the order in which they were chosen.</summary>
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

    /// <summary>Takes the values of an axis as a file has them; its place is the last.</summary>
    internal void TakeAxis(HyperparameterDefinition definition, IEnumerable<object?> values)
    {
        _chosen.RemoveAll(parameter => parameter.Definition == definition);
        Parameter(definition).Set(values, inGrid: true);
    }

    /// <summary>Hands all axes over to another set.</summary>
    internal void MoveAxesTo(ParameterSet other)
    {
        foreach (ParameterDraft axis in Axes.ToArray())
        {
            other.TakeAxis(axis.Definition, axis.Values);
            _chosen.Remove(axis);
        }
    }
}
