using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Filters;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Runs.Columns;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Converts a written value to its stored form. A value that no run can have is refused, instead of returning an empty list.</summary>
internal static class FilterValue
{
    private static readonly string[] NothingWords = ["null", "auto"];

    /// <exception cref="FilterException">The column cannot have that value.</exception>
    public static object? Read(RunColumn column, FilterToken token) => column.Kind switch
    {
        RunColumnKind.Number => Number(column, token),
        RunColumnKind.Duration => (long)(Number(column, token) * TimeSpan.TicksPerSecond),
        RunColumnKind.Status => (int)Choice<RunStatus>(token, "status"),
        RunColumnKind.Failure => IsNothing(token) ? null : (int)Choice<FailureKind>(token, "kind of failure"),
        RunColumnKind.Time => Time(token),
        RunColumnKind.Hyperparameter => HyperparameterValue.Read(column.Hyperparameter!, token, IsNothing(token)),
        RunColumnKind.Tags => IsNothing(token) ? null : Nfc.Of(token.Text),
        _ => Nfc.Of(token.Text),
    };

    /// <summary>A value for a comparison by size.</summary>
    /// <exception cref="FilterException">The value or the column has no order.</exception>
    public static object ReadSize(RunColumn column, FilterToken token) => column.Kind switch
    {
        RunColumnKind.Hyperparameter when column.Hyperparameter!.Kind is HyperparameterKind.Integer or HyperparameterKind.Number => Number(column, token),
        RunColumnKind.Number or RunColumnKind.Duration or RunColumnKind.Time => Read(column, token)!,
        _ => throw new FilterException(token.Position, "this has no size; allowed: =, !=, ~ and in"),
    };

    private static bool IsNothing(FilterToken token) => token.Kind == FilterTokenKind.Word && NothingWords.Contains(token.Text);

    private static double Number(RunColumn column, FilterToken token)
    {
        if (!double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            throw new FilterException(token.Position, ProblemText.Of($"not a number: \"{Http.Quote.Shorten(token.Text)}\"", "such as 0.9 or 1e-3", FilterHints.Number(token.Text)));
        }

        // Values near 0 and 1 are accepted: ranges drawn on a chart end slightly outside.
        if (column.IsShare && (number is <= -1 or >= 2))
        {
            string hint = number is >= 2 and <= 100 ? $"; write {(number / 100).ToString(CultureInfo.InvariantCulture)}" : "";
            throw new FilterException(token.Position, ProblemText.Of($"out of range: \"{Http.Quote.Shorten(token.Text)}\"", "a share from 0 to 1", hint));
        }

        return number;
    }

    private static T Choice<T>(FilterToken token, string what)
        where T : struct, Enum => EnumText.TryParse(token.Text.ToLowerInvariant(), out T value)
        ? value
        : throw new FilterException(
            token.Position,
            ProblemText.Of($"unknown {what}: \"{Http.Quote.Shorten(token.Text)}\"", string.Join(", ", EnumText.All<T>()), NearestName.Hint(token.Text, EnumText.All<T>())));

    private static long Time(FilterToken token) =>
        DateTimeOffset.TryParse(token.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcTicks
            : throw new FilterException(token.Position, $"not a time: \"{Http.Quote.Shorten(token.Text)}\"; allowed: such as 2026-01-31 or 2026-01-31T12:00:00Z");
}
