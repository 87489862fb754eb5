using System.Text.Json;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>
/// A sweep while somebody writes it: may be incomplete. The form edits it, the YAML tab writes it out and reads it back.
/// </summary>
public sealed class SweepDraft
{
    /// <summary>In the order in which they were chosen: the first axis of the grid varies slowest.</summary>
    private readonly List<ParameterDraft> _chosen = [];

    public string Name { get; set; } = "";

    public DatasetSpec Dataset { get; set; } = new() { Name = "digits" };

    public ObjectiveSpec Objective { get; set; } = ObjectiveSpec.Default;

    public IReadOnlyList<string> Tags { get; set; } = [];

    public int Priority { get; set; }

    public int MaxAttempts { get; set; } = SweepSpec.DefaultMaxAttempts;

    /// <summary>Null for as many runs at a time as there are workers.</summary>
    public int? MaxConcurrency { get; set; }

    public bool Reuse { get; set; } = true;

    public int MaxRuns { get; set; } = SweepSpec.DefaultMaxRuns;

    /// <summary>Cells to leave out; a rule without a condition is one that is not finished yet.</summary>
    public IList<Exclusion> Exclusions { get; } = [];

    /// <summary>What somebody typed and the draft could not take.</summary>
    public RefusedInputs Refused { get; } = new();

    /// <summary>The axes of the grid, slowest first.</summary>
    public IEnumerable<ParameterDraft> Axes => _chosen.Where(parameter => parameter.InGrid);

    public static SweepDraft From(SweepSpec spec)
    {
        var draft = new SweepDraft
        {
            Name = spec.Name,
            Dataset = spec.Dataset,
            Objective = spec.Objective,
            Tags = spec.Tags,
            Priority = spec.Priority,
            MaxAttempts = spec.MaxAttempts,
            MaxConcurrency = spec.MaxConcurrency,
            Reuse = spec.Reuse,
            MaxRuns = spec.MaxRuns,
        };
        foreach (Assignment assignment in spec.Base)
        {
            draft.Parameter(assignment.Hyperparameter).Set([assignment.Value], inGrid: false);
        }

        foreach (GridAxis axis in spec.Grid)
        {
            // The grid wins over the base, and its place is behind it.
            draft._chosen.RemoveAll(parameter => parameter.Definition == axis.Hyperparameter);
            draft.Parameter(axis.Hyperparameter).Set(axis.Values, inGrid: true);
        }

        foreach (Exclusion exclusion in spec.Exclude)
        {
            draft.Exclusions.Add(exclusion);
        }

        return draft;
    }

    /// <summary>What was chosen for a hyperparameter, to look at and to change.</summary>
    public ParameterDraft Parameter(HyperparameterDefinition definition)
    {
        ParameterDraft? found = _chosen.Find(parameter => parameter.Definition == definition);
        if (found is null)
        {
            found = new ParameterDraft(definition);
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

    /// <summary>Chooses another objective; its direction follows from the metric.</summary>
    public void Optimise(string metric) => Objective = new ObjectiveSpec(metric, MetricNames.GoalOf(metric));

    /// <summary>The draft in the form of a sweep file, whether it is complete or not.</summary>
    public JsonElement ToJson() => SweepSpecWriter.ToJson(ToSpec());

    private SweepSpec ToSpec() => new()
    {
        Name = Name.Trim(),
        Dataset = Dataset,
        Objective = Objective,
        Base = [.. _chosen.Where(IsBase).Select(parameter => new Assignment(parameter.Definition, parameter.Values[0]))],
        Grid = [.. Axes.Select(parameter => new GridAxis(parameter.Definition, parameter.Values))],
        Exclude = [.. Exclusions.Where(exclusion => exclusion.Matches.Count > 0)],
        Priority = Priority,
        MaxAttempts = MaxAttempts,
        MaxConcurrency = MaxConcurrency,
        Reuse = Reuse,
        Tags = Tags,
        MaxRuns = MaxRuns,
    };

    private static bool IsBase(ParameterDraft parameter) => !parameter.InGrid && parameter.Values.Count > 0;
}
