using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Sweeps;

/// <summary>One hyperparameter set to one value, boxed as <see cref="HyperparameterDefinition"/> says.</summary>
public sealed record Assignment(HyperparameterDefinition Hyperparameter, object? Value);

/// <summary>A hyperparameter and the values that a grid tries; never empty.</summary>
public sealed record GridAxis(HyperparameterDefinition Hyperparameter, IReadOnlyList<object?> Values);

/// <summary>Axes whose values are all combined; without axes one cell, that of the base.</summary>
public sealed record Grid(IReadOnlyList<GridAxis> Axes);

/// <summary>The extension of a sweep.</summary>
/// <param name="Grids">Grids.</param>
/// <param name="AreAdded">True to add the grids to those of the sweep; false to add the axes of one grid to each of the sweep's grids.</param>
public sealed record GridExtension(IReadOnlyList<Grid> Grids, bool AreAdded)
{
    /// <summary>The new number of runs for each combination of the grid, of a sweep with a space; null to leave it.</summary>
    public int? Runs { get; init; }
}

/// <summary>Cells to leave out: those that have one of the values of every axis named here.</summary>
public sealed record Exclusion(IReadOnlyList<GridAxis> Matches);

/// <summary>A sweep as the user wrote it, validated: what <see cref="SweepSpecReader"/> reads and <see cref="SweepSpecWriter"/> writes.</summary>
public sealed record SweepSpec
{
    /// <summary>The value of <see cref="MaxAttempts"/> when a sweep does not set it.</summary>
    public const int DefaultMaxAttempts = 3;

    /// <summary>The value of <see cref="MaxRuns"/> when a sweep does not set it.</summary>
    public const int DefaultMaxRuns = 100_000;

    /// <summary>1 to <see cref="SweepSpecReader.LongestName"/> characters; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>The images that every cell trains on.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>Which epoch of a run, and which run of the sweep, is the best.</summary>
    public ObjectiveSpec Objective { get; init; } = ObjectiveSpec.Default;

    /// <summary>The explicitly set values that all cells share.</summary>
    public IReadOnlyList<Assignment> Base { get; init; } = [];

    /// <summary>
    /// The values that differ between cells; the first axis of a grid varies slowest. Wins over <see cref="Base"/>. The sweep has the cells of all grids,
    /// those of the first grid first; without a grid, the one cell of the base.
    /// </summary>
    public IReadOnlyList<Grid> Grids { get; init; } = [];

    /// <summary>The hyperparameters whose values are drawn, for each combination of the grid; none of them is set elsewhere.</summary>
    public IReadOnlyList<SpaceAxis> Space { get; init; } = [];

    /// <summary>How values are drawn from <see cref="Space"/>; null without one.</summary>
    public SearchSpec? Search { get; init; }

    /// <summary>The rule that ends runs early; null to train every run to its last epoch.</summary>
    public StoppingSpec? Stopping { get; init; }

    /// <summary>Cells that match one of these are left out.</summary>
    public IReadOnlyList<Exclusion> Exclude { get; init; } = [];

    /// <summary>The hyperparameters that grids name, then those of the space, each once, in order of appearance.</summary>
    public IEnumerable<HyperparameterDefinition> Varied =>
        Grids.SelectMany(grid => grid.Axes).Select(axis => axis.Hyperparameter).Concat(Space.Select(axis => axis.Hyperparameter)).Distinct();

    /// <summary>0 to 9, higher first.</summary>
    public int Priority { get; init; }

    /// <summary>The most attempts of a run that crashes or is lost.</summary>
    public int MaxAttempts { get; init; } = DefaultMaxAttempts;

    /// <summary>The most runs of it that train at the same time; null for as many as there are workers.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Whether results of equal runs that completed before are taken over.</summary>
    public bool Reuse { get; init; } = true;

    /// <summary>Whether epochs that several runs train alike are trained once; results are the same without.</summary>
    public bool Share { get; init; } = true;

    /// <summary>The sweep's tags at the launch; users can change them later.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The sweep is refused if it has more cells.</summary>
    public int MaxRuns { get; init; } = DefaultMaxRuns;
}
