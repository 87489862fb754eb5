using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>The drawn values of a sweep, in words. Pure.</summary>
public static class SpaceText
{
    /// <summary><c>1e-5 to 0.1, log scale</c>; <c>0 to 0.5 in steps of 0.1</c>; <c>adam, sgd</c>.</summary>
    public static string Of(SpaceAxis axis) => axis switch
    {
        RangeAxis range => $"{Number(range.Minimum)} to {Number(range.Maximum)}"
            + (range.Step is { } step ? $" in steps of {Number(step)}" : "")
            + (range.Scale == SpaceScale.Log ? ", log scale" : ""),
        ChoiceAxis choice => string.Join(", ", choice.Values.Select(axis.Hyperparameter.Describe)),
        _ => "",
    };

    /// <summary><c>0.001</c>, <c>1e-5</c>: as short as it can be read back.</summary>
    public static string Number(double value) => value != 0 && Math.Abs(value) is < 1e-3 or >= 1e7
        ? value.ToString("0.################e0", CultureInfo.InvariantCulture)
        : value.ToString("0.################", CultureInfo.InvariantCulture);

    /// <summary>The values of a list as text that can be read back; null for values that cannot be told apart in one, such as lists.</summary>
    public static string? Edit(ChoiceAxis choice)
    {
        string text = string.Join(", ", choice.Values.Select(value => value is double number ? Number(number) : HyperparameterDefinition.Format(value)));
        return ValueText.TryReadAll(choice.Hyperparameter, text, out IReadOnlyList<object?> values, out _) && values.SequenceEqual(choice.Values) ? text : null;
    }

    /// <summary>The values to choose from, or both ends of a range, boxed as the hyperparameter does.</summary>
    public static IReadOnlyList<object?> ValuesOf(SpaceAxis axis) => axis switch
    {
        ChoiceAxis choice => choice.Values,
        RangeAxis { Hyperparameter.Kind: HyperparameterKind.Integer } range => [(long)range.Minimum, (long)range.Maximum],
        RangeAxis range => [range.Minimum, range.Maximum],
        _ => [],
    };

    /// <summary><c>60 runs for each combination of the grid, drawn by quasirandom with seed 7</c>.</summary>
    /// <param name="hasGrid">Whether a grid has several combinations.</param>
    public static string Of(SearchSpec search, bool hasGrid)
    {
        string runs = $"{Numbers.Count(search.Runs)} {(search.Runs == 1 ? "run" : "runs")}{(hasGrid ? " for each combination of the grid" : "")}";
        string parallel = search.Parallel is { } most ? $", at most {Numbers.Count(most)} proposed at a time" : "";
        return $"{runs}, {(search.Sampler == SamplerKind.Tpe ? "proposed" : "drawn")} by {EnumText.Of(search.Sampler)} with seed {Numbers.Count(search.Seed)}{parallel}";
    }
}
