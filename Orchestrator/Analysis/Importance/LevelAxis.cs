using System.Text.Json;
using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>A hyperparameter with its values grouped into levels: at most 64, so that a set of levels fits into one number with a bit for each.</summary>
/// <param name="IsOrdered">True when adjacent levels hold adjacent values.</param>
/// <param name="Count">The number of levels.</param>
/// <param name="Levels">The level of each run, from 0.</param>
internal sealed record LevelAxis(string Name, bool IsOrdered, int Count, int[] Levels)
{
    public const int MostLevels = 64;

    /// <summary>The set of all levels.</summary>
    public ulong All => Count == MostLevels ? ulong.MaxValue : (1UL << Count) - 1;

    /// <summary>
    /// Numbers are ordered, and grouped by quantiles when there are too many; "nothing" is a separate level before them. Of other values, the
    /// rarest share a level when there are too many.
    /// </summary>
    public static LevelAxis Of(string name, IReadOnlyList<ColumnValue> values) =>
        values.All(value => value.Value is double or null) ? OfNumbers(name, values) : OfNames(name, values);

    private static LevelAxis OfNumbers(string name, IReadOnlyList<ColumnValue> values)
    {
        double[] distinct = [.. values.Select(value => value.Number).OfType<double>().Distinct().Order()];
        int first = values.Any(value => value.Value is null) ? 1 : 0;
        int room = MostLevels - first;
        int count = Math.Min(room, distinct.Length);
        int LevelOf(double number) => first + (int)((long)Array.BinarySearch(distinct, number) * count / distinct.Length);
        return new LevelAxis(name, true, first + count, [.. values.Select(value => value.Number is { } number ? LevelOf(number) : 0)]);
    }

    private static LevelAxis OfNames(string name, IReadOnlyList<ColumnValue> values)
    {
        string[] texts = [.. values.Select(value => TextOf(value.Value))];
        Dictionary<string, int> places = texts
            .GroupBy(text => text)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Index()
            .ToDictionary(group => group.Item.Key, group => Math.Min(group.Index, MostLevels - 1));
        return new LevelAxis(name, false, Math.Min(places.Count, MostLevels), [.. texts.Select(text => places[text])]);
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        JsonElement list => list.GetRawText(),
        _ => FormattableString.Invariant($"{value.GetType().Name} {value}"),
    };
}
