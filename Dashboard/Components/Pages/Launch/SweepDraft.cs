using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>
/// A sweep that the user is writing, possibly incomplete. The form edits it; the YAML tab writes and reads it as YAML.
/// </summary>
public sealed class SweepDraft
{
    private readonly ParameterSet _shared = new(isGrid: false);
    private readonly List<ParameterSet> _grids = [];

    public string Name { get; set; } = "";

    public DatasetSpec Dataset { get; set; } = new() { Name = "digits" };

    public ObjectiveSpec Objective { get; set; } = ObjectiveSpec.Default;

    public IReadOnlyList<string> Tags { get; set; } = [];

    public int Priority { get; set; }

    public int MaxAttempts { get; set; } = SweepSpec.DefaultMaxAttempts;

    /// <summary>Null for no limit besides the number of workers.</summary>
    public int? MaxConcurrency { get; set; }

    public bool Reuse { get; set; } = true;

    public bool Share { get; set; } = true;

    public int MaxRuns { get; set; } = SweepSpec.DefaultMaxRuns;

    /// <summary>The hyperparameters whose values are drawn.</summary>
    public IReadOnlyList<SpaceAxis> Space { get; set; } = [];

    /// <summary>How they are drawn; null without a space.</summary>
    public SearchSpec? Search { get; set; }

    /// <summary>The rule that ends runs early; null to train all to their last epoch.</summary>
    public StoppingSpec? Stopping { get; set; }

    /// <summary>Exclusion rules; a rule without a condition is incomplete.</summary>
    public IList<Exclusion> Exclusions { get; } = [];

    /// <summary>
    /// The paths of the fields that the user has visited: a required field that is empty counts as an error only after it was visited.
    /// </summary>
    public ISet<string> Touched { get; } = new HashSet<string>();

    /// <summary>Input that the draft refused.</summary>
    public RefusedInputs Refused { get; } = new();

    /// <summary>The number of grids: several if they are edited separately, else none or one of all axes.</summary>
    public int GridCount => _grids.Count;

    /// <summary>The index of the edited grid; null for the values that all grids share, and for a single grid.</summary>
    public int? Selected { get; private set; }

    /// <summary>True if several values make an axis: values that several grids share must be single.</summary>
    public bool TakesSeveral => _grids.Count == 0 || Selected is not null;

    /// <summary>The axes of each grid, slowest first; no grid without an axis.</summary>
    public IReadOnlyList<IReadOnlyList<ParameterDraft>> Grids =>
        _grids.Count > 0 ? [.. _grids.Select(grid => grid.Axes.ToArray())] : _shared.Axes.Any() ? [[.. _shared.Axes]] : [];

    /// <summary>The axes of all grids, each hyperparameter once with all its values.</summary>
    public IEnumerable<ParameterDraft> Axes => Grids.SelectMany(axes => axes).GroupBy(axis => axis.Definition).Select(same =>
    {
        var axis = new ParameterDraft(same.Key);
        axis.Set(same.SelectMany(one => one.Values), inGrid: true);
        return axis;
    });

    private ParameterSet Edited => Selected is { } index ? _grids[index] : _shared;

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
            Share = spec.Share,
            MaxRuns = spec.MaxRuns,
            Space = spec.Space,
            Search = spec.Search,
            Stopping = spec.Stopping,
        };
        foreach (Assignment assignment in spec.Base)
        {
            draft._shared.Parameter(assignment.Hyperparameter).Set([assignment.Value], inGrid: false);
        }

        foreach (Grid grid in spec.Grids)
        {
            // A single grid overrides the base and is merged after it; several are edited separately.
            ParameterSet set = spec.Grids.Count == 1 ? draft._shared : draft.NewGrid();
            foreach (GridAxis axis in grid.Axes)
            {
                set.TakeAxis(axis.Hyperparameter, axis.Values);
            }
        }

        foreach (Exclusion exclusion in spec.Exclude)
        {
            draft.Exclusions.Add(exclusion);
        }

        return draft;
    }

    /// <summary>The values of a hyperparameter in the edited part, to read and to change.</summary>
    public ParameterDraft Parameter(HyperparameterDefinition definition) => Edited.Parameter(definition);

    /// <summary>Adds a value to the edited part; replaces the present one if only one is allowed.</summary>
    public void Add(HyperparameterDefinition definition, object? value)
    {
        if (TakesSeveral)
        {
            Edited.Add(definition, value);
        }
        else
        {
            Edited.Parameter(definition).Set([value], inGrid: false);
        }
    }

    /// <summary>All values chosen for any cell; empty if the default applies everywhere.</summary>
    public IReadOnlyList<object?> ValuesOf(HyperparameterDefinition definition) =>
        [.. _grids.Prepend(_shared).SelectMany(set => set.Parameter(definition).Values).Distinct()];

    /// <summary>All values of cells, including the default where none is chosen.</summary>
    public IReadOnlyList<object?> CellValuesOf(HyperparameterDefinition definition)
    {
        if (Space.FirstOrDefault(axis => axis.Hyperparameter == definition) is { } drawn)
        {
            return SpaceText.ValuesOf(drawn);
        }

        IReadOnlyList<object?> shared = _shared.Parameter(definition).Values is { Count: > 0 } chosen ? chosen : [definition.Get(Hyperparameters.Default)];
        return _grids.Count == 0 ? shared : [.. _grids.SelectMany(grid => grid.Parameter(definition).Values is { Count: > 0 } own ? own : shared).Distinct()];
    }

    /// <summary>The value that applies to grids without their own: the shared one.</summary>
    public IReadOnlyList<object?> SharedValuesOf(HyperparameterDefinition definition) => Selected is null ? [] : _shared.Parameter(definition).Values;

    /// <summary>The numbers, from 1, of the grids that set a hyperparameter, if there are several.</summary>
    public IReadOnlyList<int> GridsThatSet(HyperparameterDefinition definition) =>
        [.. _grids.Index().Where(grid => grid.Item.Axes.Any(axis => axis.Definition == definition)).Select(grid => grid.Index + 1)];

    /// <param name="grid">From 0; null for the shared values.</param>
    public void Select(int? grid) => Selected = grid < _grids.Count ? grid : null;

    /// <summary>Adds a grid and switches to it. Present axes become the first grid.</summary>
    public void AddGrid()
    {
        if (_grids.Count == 0)
        {
            _shared.MoveAxesTo(NewGrid());
        }

        NewGrid();
        Selected = _grids.Count - 1;
    }

    /// <summary>Removes a grid with its values. The last one left is merged with the shared values again.</summary>
    public void RemoveGrid(int grid)
    {
        _grids.RemoveAt(grid);
        if (_grids is [{ } last])
        {
            last.MoveAxesTo(_shared);
            _grids.Clear();
        }

        Selected = null;
    }

    /// <summary>Draws the values of a hyperparameter: from those that the draft has, which it has no longer elsewhere, or from a range around its default.</summary>
    public void DrawValuesOf(HyperparameterDefinition definition)
    {
        Space = [.. Space.Where(axis => axis.Hyperparameter != definition), SpaceDefaults.AxisOf(definition, ValuesOf(definition))];
        Search ??= SpaceDefaults.Search;
        foreach (ParameterSet set in _grids.Prepend(_shared))
        {
            set.Parameter(definition).Set([], inGrid: false);
        }

        Refused.Set(definition.Name, null);
    }

    /// <param name="axis">Null to draw its values no longer; without any drawn hyperparameter there is no search.</param>
    public void ReplaceDrawn(HyperparameterDefinition definition, SpaceAxis? axis)
    {
        Space = [.. Space.Select(one => one.Hyperparameter == definition ? axis : one).OfType<SpaceAxis>()];
        if (axis is null)
        {
            Refused.ForgetInside($"space.{definition.Name}");
        }

        if (Space.Count == 0)
        {
            Search = null;
            Refused.ForgetInside("search");
        }
    }

    /// <summary>Chooses another objective; its direction follows from the metric.</summary>
    public void Optimise(string metric) => Objective = new ObjectiveSpec(metric, MetricNames.GoalOf(metric));

    /// <summary>The draft as a sweep file, complete or not.</summary>
    public JsonElement ToJson() => SweepSpecWriter.ToJson(ToSpec());

    /// <summary>The current draft, complete or not.</summary>
    internal SweepSpec ToSpec() => new()
    {
        Name = Name.Trim(),
        Dataset = Dataset,
        Objective = Objective,
        Base = [.. _shared.Singles.Select(parameter => new Assignment(parameter.Definition, parameter.Values[0]))],
        Grids = [.. Grids.Select(axes => new Grid([.. axes.Select(axis => new GridAxis(axis.Definition, axis.Values))]))],
        Space = Space,
        Search = Search,
        Stopping = Stopping,
        Exclude = [.. Exclusions.Where(exclusion => exclusion.Matches.Count > 0)],
        Priority = Priority,
        MaxAttempts = MaxAttempts,
        MaxConcurrency = MaxConcurrency,
        Reuse = Reuse,
        Share = Share,
        Tags = Tags,
        MaxRuns = MaxRuns,
    };

    private ParameterSet NewGrid()
    {
        var grid = new ParameterSet(isGrid: true);
        _grids.Add(grid);
        return grid;
    }
}
