using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>What a hyperparameter is drawn from when the user has not said yet. Pure.</summary>
internal static class SpaceDefaults
{
    /// <summary>The settings of a new search.</summary>
    public static SearchSpec Search { get; } = new(SamplerKind.Quasirandom, Runs: 20, Seed: 0);

    /// <param name="values">The values that the draft has: a list to choose from.</param>
    public static SpaceAxis AxisOf(HyperparameterDefinition definition, IReadOnlyList<object?> values) =>
        values.Count > 1 || !IsNumeric(definition) ? ChoiceOf(definition, values) : RangeOf(definition, values);

    public static bool IsNumeric(HyperparameterDefinition definition) => definition.Kind is HyperparameterKind.Integer or HyperparameterKind.Number;

    /// <summary>Around the only value or the default, as far as the hyperparameter allows.</summary>
    public static RangeAxis RangeOf(HyperparameterDefinition definition, IReadOnlyList<object?> values)
    {
        double[] numbers = [.. values.Where(value => value is not null).Select(ToDouble)];
        if (numbers.Length > 1 && numbers.Min() < numbers.Max())
        {
            return Range(definition, numbers.Min(), numbers.Max());
        }

        double center = numbers.Length == 1 ? numbers[0] : definition.Get(Hyperparameters.Default) is { } value ? ToDouble(value) : 0;
        double factor = definition.Logarithmic && definition.Kind == HyperparameterKind.Number ? 10 : 2;
        (double Low, double High)[] candidates = center > 0
            ? [(Whole(definition, center / factor), Whole(definition, center * factor)), (Whole(definition, center / factor), center), (center, Whole(definition, center * factor))]
            : definition.Kind == HyperparameterKind.Integer ? [(0, 5), (1, 8), (16, 64)] : [(0, 0.5), (0.1, 0.5)];
        (double low, double high) = Array.Find(candidates, ends => ends.Low < ends.High && IsAllowed(definition, ends.Low) && IsAllowed(definition, ends.High));
        return Range(definition, low, high);
    }

    private static ChoiceAxis ChoiceOf(HyperparameterDefinition definition, IReadOnlyList<object?> values) => new(
        definition,
        values.Count > 0 ? values : definition.Kind == HyperparameterKind.Flag ? [false, true] : [definition.Get(Hyperparameters.Default)]);

    private static RangeAxis Range(HyperparameterDefinition definition, double low, double high) =>
        new(definition, low, high) { Scale = definition.Logarithmic && low > 0 ? SpaceScale.Log : SpaceScale.Linear };

    private static bool IsAllowed(HyperparameterDefinition definition, double value) => definition.TryRead(JsonSerializer.SerializeToElement(value), out object? read, out _) && read is not null;

    /// <summary>Rounded to a digit, so that 0.00001 does not become 0.000010000000000000001.</summary>
    private static double Whole(HyperparameterDefinition definition, double value) => definition.Kind == HyperparameterKind.Integer
        ? Math.Round(value)
        : double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double ToDouble(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
