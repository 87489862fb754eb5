using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Sweeps;

/// <summary>
/// Reads a sweep from JSON (YAML is turned into JSON first) and checks every part of it, so that all problems are reported together.
/// </summary>
public static class SweepSpecReader
{
    /// <summary>Characters.</summary>
    public const int LongestName = 200;
    private const int LargestMaxRuns = 1_000_000;
    private const int LargestMaxConcurrency = 10_000;

    private const string MissingGrid = "missing; allowed: a mapping from hyperparameters to lists of values, or a list of grids; for a sweep with a space also runs";

    /// <summary>Reads a whole sweep.</summary>
    /// <param name="errors">The errors by path; empty on success.</param>
    public static bool TryRead(
        JsonElement json,
        [NotNullWhen(true)] out SweepSpec? spec,
        out IReadOnlyDictionary<string, string[]> errors)
    {
        bool isRead = SpecErrors.TryRead(json, ReadSpec, out spec, out errors);
        spec = spec is null ? null : spec with { Dataset = DatasetPath.Normalize(spec.Dataset) };
        return isRead;
    }

    /// <summary>Reads an unfinished sweep: missing or invalid parts are ignored.</summary>
    /// <returns>Null if it is not a mapping.</returns>
    public static SweepSpec? ReadIncomplete(JsonElement json) => ReadSpec(json, new SpecErrors());

    /// <summary>Reads the <c>grid</c> block alone, as an extension of a sweep has it.</summary>
    public static bool TryReadGrid(
        JsonElement json,
        [NotNullWhen(true)] out GridExtension? grid,
        out IReadOnlyDictionary<string, string[]> errors) => SpecErrors.TryRead(json, ReadExtension, out grid, out errors);

    /// <summary>Reads the body of an extension: <c>{ grid: { … } }</c>, <c>{ grid: [ { … }, … ] }</c>, <c>{ runs: 40 }</c>, or a grid with runs.</summary>
    public static bool TryReadExtension(
        JsonElement json,
        [NotNullWhen(true)] out GridExtension? extension,
        out IReadOnlyDictionary<string, string[]> errors) => SpecErrors.TryRead(json, ReadExtensionBody, out extension, out errors);

    private static GridExtension? ReadExtensionBody(JsonElement json, SpecErrors errors)
    {
        if (SpecObject.Open(json, SpecErrors.Root, "{ grid: { learningRate: [1e-4] } }, or { runs: 40 } for a sweep with a space", errors) is not { } root)
        {
            errors.Add("grid", MissingGrid);
            return null;
        }

        GridExtension extension = root.Take("grid") is { } grid ? ReadExtension(grid, errors) : new GridExtension([], AreAdded: false);
        extension = extension with { Runs = root.TakeOptionalInteger("runs", 1, SearchSpec.MostRuns) };
        root.RefuseOthers();
        if (root.Take("grid") is null && root.Take("runs") is not { ValueKind: not JsonValueKind.Null })
        {
            errors.Add("grid", MissingGrid);
        }

        return extension;
    }

    private static GridExtension ReadExtension(JsonElement json, SpecErrors errors)
    {
        IReadOnlyList<Grid> grids = GridBlock.Read(json, errors);
        if (grids.Count == 0 && !errors.Any)
        {
            errors.Add("grid", "empty; allowed: at least one hyperparameter with a list of values");
        }

        return new GridExtension(grids, AreAdded: json.ValueKind == JsonValueKind.Array);
    }

    private static SweepSpec? ReadSpec(JsonElement json, SpecErrors errors)
    {
        if (SpecObject.Open(json, SpecErrors.Root, "a sweep: name, dataset, base, grid, …", errors) is not { } root)
        {
            return null;
        }

        string? name = root.TakeText("name", LongestName);
        if (name is null)
        {
            RequireKey(root, "name", $"a text of 1 to {LongestName} characters");
        }

        DatasetSpec? dataset = DatasetBlock.Read(root.Take("dataset"), errors);
        ObjectiveSpec objective = ReadObjective(root);
        IReadOnlyList<SpaceAxis> space = root.Take("space") is { } given ? SpaceBlock.Read(given, errors) : [];
        var spec = new SweepSpec
        {
            Name = name ?? "",
            Dataset = dataset ?? new DatasetSpec { Name = "" },
            Objective = objective,
            Base = root.Take("base") is { } @base ? HyperparameterBlocks.ReadAssignments(@base, "base", errors) : [],
            Grids = root.Take("grid") is { } grid ? GridBlock.Read(grid, errors) : [],
            Space = space,
            Search = SearchBlock.Read(root.Take("search"), HasSpace(root), errors),
            Stopping = StoppingBlock.Read(root.Take("stopping"), errors),
            Exclude = root.Take("exclude") is { } exclude ? HyperparameterBlocks.ReadExclusions(exclude, "exclude", errors) : [],
            Priority = root.TakeInteger("priority", 0, 0, 9),
            MaxAttempts = root.TakeInteger("maxAttempts", SweepSpec.DefaultMaxAttempts, 1, 100),
            MaxConcurrency = root.TakeOptionalInteger("maxConcurrency", 1, LargestMaxConcurrency),
            Reuse = root.TakeFlag("reuse", true),
            Share = root.TakeFlag("share", true),
            Tags = root.Take("tags") is { } tags ? TagList.Read(tags, "tags", errors) : [],
            MaxRuns = root.TakeInteger("maxRuns", SweepSpec.DefaultMaxRuns, 1, LargestMaxRuns),
        };
        root.RefuseOthers(BelongsElsewhere);
        SpaceBlock.RefuseRepeated(spec, errors);
        StoppingBlock.CheckBudget(spec, errors);
        return spec;
    }

    /// <summary>A space that cannot be read counts too, so that a search is not refused for the lack of one.</summary>
    private static bool HasSpace(SpecObject root) =>
        root.Take("space") is { } space && (space.ValueKind != JsonValueKind.Object || space.EnumerateObject().Any());

    /// <summary>Hyperparameters belong one level deeper.</summary>
    private static string? BelongsElsewhere(string key) =>
        HyperparameterCatalog.Names.FirstOrDefault(name => NearestName.Fold(name) == NearestName.Fold(key)) is { } meant
            ? $"; write {meant} under base for one value, under grid for several, under space to draw values"
            : null;

    private static void RequireKey(SpecObject root, string key, string allowed)
    {
        if (root.Entries.All(entry => entry.Key != key))
        {
            root.Errors.Add(key, $"missing; allowed: {allowed}");
        }
    }

    private static string MetricHint(JsonElement json) => json.ValueKind == JsonValueKind.String && MetricNames.Objectives.Contains(json.GetString()!)
        ? $"; write {{ metric: {json.GetString()} }}"
        : ValueHints.Name(json, MetricNames.Objectives).Replace("; write ", "; write metric: ", StringComparison.Ordinal);

    private static ObjectiveSpec ReadObjective(SpecObject root)
    {
        if (root.Take("objective") is not { } json
            || SpecObject.Open(json, "objective", "{ metric: validation/accuracy, goal: maximize }", root.Errors, MetricHint(json)) is not { } block)
        {
            return ObjectiveSpec.Default;
        }

        string metric = block.TakeName("metric", MetricNames.Objectives) ?? ObjectiveSpec.Default.Metric;
        string? goal = block.TakeName("goal", EnumText.All<Goal>());
        block.RefuseOthers();
        return new ObjectiveSpec(metric, goal is null ? MetricNames.GoalOf(metric) : Enum.Parse<Goal>(goal, ignoreCase: true));
    }
}
