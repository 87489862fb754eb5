using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>A value of an axis.</summary>
/// <param name="Position">Its position on the axis: the number, its base-10 logarithm, or the index of the category.</param>
/// <param name="FilterText">The value in filter syntax.</param>
public sealed record AxisLevel(string Label, double Position, string FilterText);

/// <summary>A hyperparameter as an axis: its values, and the value of each run. Pure.</summary>
/// <param name="Levels">The distinct values, in the order of the axis.</param>
/// <param name="IsOrdered">True when neighbors on the axis are neighbors in value.</param>
/// <param name="LevelOf">The index of each run's value in <paramref name="Levels"/>.</param>
public sealed record AnalysisAxis(string Name, string Label, AxisScale Scale, bool IsOrdered, IReadOnlyList<AxisLevel> Levels, IReadOnlyList<int> LevelOf)
{
    public bool IsCategory => Scale == AxisScale.Category;

    public double PositionOf(int run) => Levels[LevelOf[run]].Position;

    /// <summary>
    /// Sorts numbers, after "auto", and chooses the scale that spaces them best; with "auto" they are categories. Other values stay in order of appearance.
    /// </summary>
    public static AnalysisAxis Of(string name, IReadOnlyList<ColumnValue> values)
    {
        bool isNumeric = values.All(value => value.Number is not null);
        string[] texts = [.. values.Select(value => FilterTextOf(value.Value))];
        Dictionary<string, ColumnValue> distinct = [];
        foreach ((string text, ColumnValue value) in texts.Zip(values))
        {
            distinct.TryAdd(text, value);
        }

        // "auto" precedes numbers.
        bool isOrdered = distinct.Values.All(value => value.Value is null or double);
        KeyValuePair<string, ColumnValue>[] ordered = isOrdered
            ? [.. distinct.OrderBy(value => value.Value.Number ?? double.NegativeInfinity)]
            : [.. distinct];
        AxisScale scale = isNumeric
            ? AxisScales.OfNumbers([.. ordered.Select(value => value.Value.Number!.Value)], HyperparameterCatalog.Find(name)?.Logarithmic == true)
            : AxisScale.Category;
        var places = ordered.Index().ToDictionary(value => value.Item.Key, value => value.Index);
        return new AnalysisAxis(
            name,
            RunText.Label(name),
            scale,
            isOrdered,
            [.. ordered.Index().Select(value => new AxisLevel(LabelOf(name, value.Item.Value.Value), Position(scale, value.Item.Value, value.Index), value.Item.Key))],
            [.. texts.Select(text => places[text])]);
    }

    /// <summary>The position of a number on this scale.</summary>
    public static double ToPosition(AxisScale scale, double number) => scale == AxisScale.Logarithmic ? Math.Log10(number) : number;

    /// <summary>The number at a position of this scale.</summary>
    public static double FromPosition(AxisScale scale, double position) => scale == AxisScale.Logarithmic ? Math.Pow(10, position) : position;

    private static double Position(AxisScale scale, ColumnValue value, int index) =>
        scale == AxisScale.Category ? index : ToPosition(scale, value.Number!.Value);

    private static string LabelOf(string name, object? value) => value switch
    {
        JsonElement list => RunText.Value(name, list),
        bool flag => flag ? "yes" : "no",
        _ => HyperparameterDefinition.Format(value),
    };

    private static string FilterTextOf(object? value) => value switch
    {
        null => "auto",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        JsonElement list => Quote(list.GetRawText()),
        _ => Quote(value.ToString()!),
    };

    private static string Quote(string text) => text.Contains('\'', StringComparison.Ordinal) ? $"\"{text}\"" : $"'{text}'";
}
