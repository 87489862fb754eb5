using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The text on hover over a run's curve, in Plotly's format. Pure.</summary>
public static class HoverDetails
{
    /// <summary>More would cover the curves.</summary>
    public const int MostLines = 8;

    private const int LongestValue = 48;

    /// <param name="keys">Hyperparameters in which the runs of the chart differ; the first of them are shown.</param>
    public static string Of(RunView run, IReadOnlyList<string> keys)
    {
        int told = keys.Count > MostLines ? MostLines - 1 : keys.Count;
        IEnumerable<string> lines = keys.Take(told).Select(key => $"{Escape(RunText.Label(key))}: <b>{Escape(Short(RunText.Value(run, key)))}</b>");
        return string.Join("<br>", told == keys.Count ? lines : lines.Append($"and {keys.Count - told} more"));
    }

    private static string Short(string value) => value.Length <= LongestValue ? value : string.Concat(value.AsSpan(0, LongestValue - 1), "…");

    /// <summary>Escapes markup and Plotly's variables.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("%", "&#37;", StringComparison.Ordinal);
}
