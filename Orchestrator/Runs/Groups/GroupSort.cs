using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;

namespace Experiments.Orchestrator.Runs.Groups;

/// <summary>The order of groups: by their results or by a value that they share; groups without one come last. Pure.</summary>
internal sealed record GroupSort(string Key, bool Descending)
{
    private static readonly string[] Figures = ["mean", "best", "deviation", "runs"];

    /// <summary>The best mean first.</summary>
    public static GroupSort Default(ObjectiveSpec metric) => new("mean", metric.Goal == Goal.Maximize);

    /// <summary>Reads <c>name</c> or <c>-name</c>.</summary>
    /// <returns>Null with <paramref name="problem"/> when groups cannot be sorted by that.</returns>
    public static GroupSort? Parse(string text, IReadOnlyList<string> by, out string problem)
    {
        bool descending = text.StartsWith('-');
        string key = descending ? text[1..] : text;
        string[] allowed = [.. Figures, .. by];
        problem = $"nothing to sort by: \"{Http.Quote.Shorten(key)}\"; allowed: {string.Join(", ", allowed)}";
        return allowed.Contains(key) ? new GroupSort(key, descending) : null;
    }

    public IReadOnlyList<RunGroup> Apply(IEnumerable<RunGroup> groups)
    {
        IOrderedEnumerable<RunGroup> known = groups.OrderBy(group => ValueOf(group) is null);
        IOrderedEnumerable<RunGroup> sorted = Descending
            ? known.ThenByDescending(ValueOf, Mixed.Instance)
            : known.ThenBy(ValueOf, Mixed.Instance);
        return [.. sorted.ThenBy(group => group.BestCell ?? int.MaxValue)];
    }

    private object? ValueOf(RunGroup group) => Key switch
    {
        "mean" => group.Mean,
        "best" => group.Best,
        "deviation" => group.Deviation,
        "runs" => group.Counts.Total,
        _ => group.Values[Key] switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
            { ValueKind: JsonValueKind.Null } => null,
            var text => text.ToString(),
        },
    };

    /// <summary>Numbers before texts.</summary>
    private sealed class Mixed : IComparer<object?>
    {
        public static Mixed Instance { get; } = new();

        public int Compare(object? x, object? y) => (x, y) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            (string, _) => 1,
            (_, string) => -1,
            _ => Comparer<double>.Default.Compare(Convert.ToDouble(x, null), Convert.ToDouble(y, null)),
        };
    }
}
