using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Api.Sweeps;

/// <summary>A sweep file: what is trained, with which hyperparameters; docs/sweep-file.md says more.</summary>
/// <remarks>For the OpenAPI document; <see cref="SweepSpecReader"/> reads it.</remarks>
internal sealed record SweepFile
{
    /// <summary>1 to 200 characters; need not be unique.</summary>
    /// <example>"digits-quickstart"</example>
    public required string Name { get; init; }

    /// <summary>The name of a data set, or `{ name, path, validationFraction, limit }`.</summary>
    /// <example>"digits"</example>
    public required JsonElement Dataset { get; init; }

    /// <summary>Which run, and which epoch of it, is the best; the one with the highest validation accuracy by default.</summary>
    public SweepObjective? Objective { get; init; }

    /// <summary>What all runs have in common: hyperparameters with one value each.</summary>
    /// <example>{ "epochs": 5, "batchSize": 64 }</example>
    public IReadOnlyDictionary<string, JsonElement>? Base { get; init; }

    /// <summary>What differs between runs: hyperparameters with lists of values, all of which are combined; or a list of such grids.</summary>
    /// <example>{ "learningRate": [0.001, 0.0003], "augmentation": ["none", "standard"] }</example>
    public JsonElement Grid { get; init; }

    /// <summary>Hyperparameters whose values are drawn for each combination of the grid: each with a range `{ min, max, scale, step }` or a list to choose from.</summary>
    /// <example>{ "learningRate": { "min": 0.00001, "max": 0.1, "scale": "log" }, "optimizer": ["adam", "sgd"] }</example>
    public IReadOnlyDictionary<string, JsonElement>? Space { get; init; }

    /// <summary>How values are drawn; required with a space.</summary>
    public SweepSearch? Search { get; init; }

    /// <summary>The rule that ends runs early; every run is trained to its last epoch by default.</summary>
    public SweepStopping? Stopping { get; init; }

    /// <summary>Combinations to leave out: each names hyperparameters with one or several of their values.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Exclude { get; init; }

    /// <summary>Sweeps with a higher priority get workers first; 0 by default.</summary>
    [Range(0, 9)]
    public int? Priority { get; init; }

    /// <summary>How often a run that crashes or is lost is tried in all; 3 by default.</summary>
    [Range(1, 100)]
    public int? MaxAttempts { get; init; }

    /// <summary>The most runs of the sweep that train at the same time; as many as there are workers by default.</summary>
    [Range(1, 10_000)]
    public int? MaxConcurrency { get; init; }

    /// <summary>Whether the results of equal runs that completed before are taken over; true by default.</summary>
    public bool? Reuse { get; init; }

    /// <summary>Whether epochs that several runs train alike are trained once; true by default. Results are the same.</summary>
    public bool? Share { get; init; }

    /// <summary>Tags of the sweep.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The sweep is refused if it has more cells than this; 100,000 by default.</summary>
    [Range(1, 1_000_000)]
    public int? MaxRuns { get; init; }
}

/// <summary>How values are drawn from the space.</summary>
internal sealed record SweepSearch
{
    /// <summary>What proposes the configurations: with a space `random` by default, without one always `grid`.</summary>
    public SamplerKind? Sampler { get; init; }

    /// <summary>How many configurations are drawn for each combination of the grid; required with a space.</summary>
    /// <example>20</example>
    [Range(1, SearchSpec.MostRuns)]
    public int? Runs { get; init; }

    /// <summary>Equal seeds draw equal values; 0 by default.</summary>
    [Range(0, int.MaxValue)]
    public int? Seed { get; init; }

    /// <summary>The most runs that are proposed but have not ended, with `tpe`: as many as there are workers; 8 by default.</summary>
    [Range(1, SearchSpec.MostParallel)]
    public int? Parallel { get; init; }
}

/// <summary>How long runs are trained.</summary>
internal sealed record SweepStopping
{
    /// <summary>`asha` and `hyperband` pause runs at rungs and promote the best, `median` stops runs that are worse than half of the others.</summary>
    public required StoppingKind Rule { get; init; }

    /// <summary>The first rung: no run is paused or stopped before this epoch; 1 by default.</summary>
    [Range(1, int.MaxValue)]
    public int? MinEpochs { get; init; }

    /// <summary>At a rung one of this number of runs continues, and the next rung is this number of times later; 3 by default.</summary>
    [Range(2, StoppingSpec.MostFactor)]
    public int? Factor { get; init; }
}

/// <summary>The metric that is optimized.</summary>
internal sealed record SweepObjective
{
    /// <summary>The name of the metric; `validation/accuracy` by default.</summary>
    /// <example>"validation/accuracy"</example>
    public string? Metric { get; init; }

    /// <summary>Whether a high or a low value is good; by default what suits the metric.</summary>
    public Goal? Goal { get; init; }
}
