using System.Text.RegularExpressions;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>What is known of one run that failed.</summary>
internal sealed record FailedRunRow(string Id, int Cell, FailureKind Kind, string Message);

/// <summary>Groups failures by what went wrong: messages that differ in numbers alone (the epoch, an address) say the same. Pure.</summary>
internal static partial class FailureTally
{
    public const int MostGroups = 50;

    private const int MostNamed = 20;
    private const string Number = "…";
    private const int FewestLetters = 3;

    /// <summary>Of a filter text; the rest is for what a user adds to it.</summary>
    private const int LongestFilter = 1_200;

    /// <param name="runs">In the order of their cells.</param>
    public static SweepFailures Of(IReadOnlyCollection<FailedRunRow> runs) => new(
        runs.Count,
        [.. runs
            .GroupBy(run => (run.Kind, Shape: Numbers().Replace(run.Message, Number)))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.First().Cell)
            .Take(MostGroups)
            .Select(group => Show(group.Key.Kind, group.Key.Shape, [.. group]))]);

    private static FailureGroup Show(FailureKind kind, string shape, FailedRunRow[] runs) => new(
        kind,
        runs.All(run => run.Message == runs[0].Message) ? runs[0].Message : shape,
        runs.Length,
        FilterOf(kind, shape),
        [.. runs.Take(MostNamed).Select(run => new FailedRun(run.Id, run.Cell))]);

    /// <summary>All that stands between the numbers has to occur in the message.</summary>
    private static string FilterOf(FailureKind kind, string shape)
    {
        string filter = $"status = failed and failure = {char.ToLowerInvariant(kind.ToString()[0])}{kind.ToString()[1..]}";
        foreach (string part in shape.Split(Number).Select(part => part.Trim()).Where(part => part.Count(char.IsLetter) >= FewestLetters))
        {
            string? condition = FilterText.Contains("failureMessage", part);
            filter += condition is not null && filter.Length + condition.Length < LongestFilter ? $" and {condition}" : "";
        }

        return filter;
    }

    [GeneratedRegex(@"0x[0-9a-fA-F]+|\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?")]
    private static partial Regex Numbers();
}
