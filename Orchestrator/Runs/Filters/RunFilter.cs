using Experiments.Contracts.Filters;
using Experiments.Orchestrator.Runs.Columns;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>
/// A filter of runs, such as <c>model = resnet18 and acc > 0.9 baseline</c>: comparisons with <c>= != &lt; &lt;= &gt; &gt;= ~</c> and <c>in (…)</c> and words to search
/// for, joined by <c>and</c>, <c>or</c>, <c>not</c> and parentheses. <c>~</c> is "contains", whatever the case.
/// </summary>
internal abstract record RunFilter
{
    public const int LongestText = 2_000;

    /// <summary>The condition in SQL, with its parameters added to <paramref name="values"/>.</summary>
    public abstract string ToSql(SqlValues values);

    /// <param name="measured">The metrics that the runs have.</param>
    /// <returns>Null with <paramref name="problem"/> when it cannot be read.</returns>
    public static RunFilter? Parse(string text, IReadOnlyCollection<string> measured, out string problem)
    {
        problem = "";
        if (text.Length > LongestText)
        {
            problem = $"{text.Length} characters; allowed: at most {LongestText}";
            return null;
        }

        try
        {
            return new FilterParser(FilterToken.Split(text), measured).Parse();
        }
        catch (FilterException exception)
        {
            problem = exception.Message;
            return null;
        }
    }
}

/// <summary>All or one of several conditions.</summary>
internal sealed record JoinedFilter(string Word, IReadOnlyList<RunFilter> Parts) : RunFilter
{
    public override string ToSql(SqlValues values) => $"({string.Join($" {Word} ", Parts.Select(part => part.ToSql(values)))})";
}

internal sealed record NegatedFilter(RunFilter Part) : RunFilter
{
    // A comparison with a value that is not there is neither true nor false in SQL; here it is false.
    public override string ToSql(SqlValues values) => $"NOT IFNULL({Part.ToSql(values)}, 0)";
}
