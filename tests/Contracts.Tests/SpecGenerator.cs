using System.Text.Json;
using CsCheck;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests;

/// <summary>Random valid sweeps.</summary>
internal static class SpecGenerator
{
    public static Gen<SweepSpec> Spec { get; } =
        from grids in Axes(3, 3).List[1, 3]
        from @base in Axes(5, 1)
        from exclusions in Axes(2, 2).Where(matches => matches.Count > 0).List[0, 2]
        from priority in Gen.Int[0, 9]
        from concurrency in Gen.Int[1, 9].Nullable()
        from reuse in Gen.Bool
        from tags in Gen.String[Gen.Char.AlphaNumeric, 1, 8].List[0, 3]
        select new SweepSpec
        {
            Name = "random",
            Dataset = new DatasetSpec { Name = "digits" },
            Grids = [.. grids.Where(axes => axes.Count > 0).Select(axes => new Grid(axes))],
            Base = [.. @base.Select(axis => new Assignment(axis.Hyperparameter, axis.Values[0]))],
            Exclude = [.. exclusions.Select(matches => new Exclusion(matches))],
            Priority = priority,
            MaxConcurrency = concurrency,
            Reuse = reuse,
            Tags = [.. tags.Distinct()],
        };

    /// <summary>Random valid sweeps with a space, and with or without a grid.</summary>
    public static Gen<SweepSpec> SpecWithSpace { get; } =
        from spec in Spec
        from axes in Axes(4, 3).Where(axes => axes.Count > 0)
        from ranges in Gen.Bool
        from log in Gen.Bool
        from runs in Gen.Int[1, 20]
        from seed in Gen.Int[0, 9]
        from sampler in Gen.Int[1, 3].Select(kind => (SamplerKind)kind)
        let free = axes.Where(axis => !spec.Varied.Contains(axis.Hyperparameter)).ToArray()
        where free.Length > 0
        select spec with
        {
            Base = [.. spec.Base.Where(assignment => free.All(axis => axis.Hyperparameter != assignment.Hyperparameter))],
            Space = [.. free.Select(axis => ranges ? Range(axis, log) : new ChoiceAxis(axis.Hyperparameter, [.. axis.Values.Distinct()]))],
            Search = new SearchSpec(sampler, runs, seed),
        };

    public static string Text(SweepSpec spec) => JsonSerializer.Serialize(SweepSpecWriter.ToJson(spec));

    /// <summary>Lists of transforms; each is a name, has no parameters, or has all parameters at their maximum.</summary>
    private static Gen<object?> Augmentations { get; } =
        Gen.Int[0, TransformCatalog.All.Count - 1].SelectMany(index => Transform(TransformCatalog.All[index])).Array[1, 4].Select(transforms =>
            AugmentationText.TryRead(SpecBuilder.Json($"[{string.Join(',', transforms)}]"), out string text, out IReadOnlyDictionary<string, string[]> problems)
                ? (object?)text
                : throw new InvalidOperationException(string.Join("; ", problems.SelectMany(problem => problem.Value))));

    private static Gen<string> Transform(TransformInfo info)
    {
        string name = JsonSerializer.Serialize(info.Name);
        string most = string.Join(',', info.Parameters.Select(parameter => $"\"{parameter.Name}\":{JsonSerializer.Serialize(parameter.Range.Maximum)}"));
        string[] ways = [name, $"{{{name}:{{}}}}", $"{{{name}:{{{most}}}}}"];
        return Gen.Int[info.NeedsOne ? 2 : 0, 2].Select(way => ways[way]);
    }

    private static Gen<List<GridAxis>> Axes(int most, int mostValues) =>
        Gen.Shuffle(HyperparameterCatalog.All.ToArray(), 0, most).SelectMany(definitions =>
            definitions.Aggregate(
                Gen.Const(new List<GridAxis>()),
                (axes, definition) =>
                    from before in axes
                    from values in Value(definition).List[1, mostValues]
                    select before.Append(new GridAxis(definition, values)).ToList()));

    private static Gen<object?> Value(HyperparameterDefinition definition) => definition.Kind switch
    {
        HyperparameterKind.Choice when definition.TakesList => Gen.OneOf(OneOf([.. definition.Choices]), Augmentations),
        HyperparameterKind.Choice => OneOf([.. definition.Choices]),
        HyperparameterKind.Integer => Gen.Int[32, 64].Select(value => (object?)(long)value),
        HyperparameterKind.Number => Gen.Double[0.001, 0.999].Select(value => (object?)value),
        HyperparameterKind.Flag => Gen.Bool.Select(value => (object?)value),
        HyperparameterKind.List => Gen.Int[1, 50].Array[0, 3].Select(epochs => (object?)new EpochList(epochs.Distinct().Order())),
        HyperparameterKind.Text when definition.Name == "teacher" => OneOf("none", "run:abc"),
        _ => OneOf("none", "imagenet", "run:abc", "/weights/a.safetensors"),
    };

    private static SpaceAxis Range(GridAxis axis, bool log) => axis.Hyperparameter.Kind switch
    {
        HyperparameterKind.Integer => new RangeAxis(axis.Hyperparameter, 32, 64) { Scale = log ? SpaceScale.Log : SpaceScale.Linear },
        HyperparameterKind.Number => new RangeAxis(axis.Hyperparameter, 0.001, 0.999) { Step = log ? null : 0.1, Scale = log ? SpaceScale.Log : SpaceScale.Linear },
        _ => new ChoiceAxis(axis.Hyperparameter, [.. axis.Values.Distinct()]),
    };

    private static Gen<object?> OneOf(params object?[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
