using System.Globalization;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Runs.Lists;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Turns what somebody wrote into what the database holds.</summary>
internal static class FilterValue
{
    private static readonly string[] NothingWords = ["null", "auto"];

    /// <exception cref="FilterException">The column has no such values.</exception>
    public static object? Read(RunColumn column, FilterToken token) => column.Kind switch
    {
        RunColumnKind.Number => Number(token),
        RunColumnKind.Duration => (long)(Number(token) * TimeSpan.TicksPerSecond),
        RunColumnKind.Status => (int)Choice<RunStatus>(token, "status"),
        RunColumnKind.Failure => NothingWords.Contains(token.Text) ? null : (int)Choice<FailureKind>(token, "kind of failure"),
        RunColumnKind.Time => Time(token),
        RunColumnKind.Hyperparameter => Hyperparameter(token),
        RunColumnKind.Tags => token.Kind == FilterTokenKind.Word && NothingWords.Contains(token.Text) ? null : Nfc.Of(token.Text),
        _ => Nfc.Of(token.Text),
    };

    /// <summary>A value to be compared by size.</summary>
    /// <exception cref="FilterException">It has no size, or the column has none.</exception>
    public static object ReadSize(RunColumn column, FilterToken token) => column.Kind switch
    {
        RunColumnKind.Hyperparameter => Number(token),
        RunColumnKind.Number or RunColumnKind.Duration or RunColumnKind.Time => Read(column, token)!,
        _ => throw new FilterException(token.Position, "this has no size; allowed: =, !=, ~ and in"),
    };

    private static object? Hyperparameter(FilterToken token) => token switch
    {
        { Kind: FilterTokenKind.Quoted } => token.Text,
        { Text: "true" } => 1,
        { Text: "false" } => 0,
        _ when NothingWords.Contains(token.Text) => null,
        _ => TryNumber(token.Text, out double number) ? number : token.Text,
    };

    private static double Number(FilterToken token) => TryNumber(token.Text, out double number)
        ? number
        : throw new FilterException(token.Position, $"not a number: \"{Http.Query.Shorten(token.Text)}\"; allowed: such as 0.9 or 1e-3");

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static T Choice<T>(FilterToken token, string what)
        where T : struct, Enum => EnumText.TryParse(token.Text.ToLowerInvariant(), out T value)
        ? value
        : throw new FilterException(token.Position, $"unknown {what}: \"{Http.Query.Shorten(token.Text)}\"; allowed: {string.Join(", ", EnumText.All<T>())}");

    private static long Time(FilterToken token) =>
        DateTimeOffset.TryParse(token.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcTicks
            : throw new FilterException(token.Position, $"not a time: \"{Http.Query.Shorten(token.Text)}\"; allowed: such as 2026-01-31 or 2026-01-31T12:00:00Z");
}
