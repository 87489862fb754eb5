using Experiments.Orchestrator.Runs.Columns;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Compares a column with one value, or with several of which one has to fit.</summary>
/// <param name="Operator">As SQL has it: <c>IS</c>, <c>IS NOT</c>, <c>&lt;</c> …, or <see cref="Contains"/>.</param>
/// <param name="Values">What the database has; null for "nothing".</param>
internal sealed record ComparisonFilter(RunColumn Column, string Operator, IReadOnlyList<object?> Values) : RunFilter
{
    public const string Contains = "~";
    public const string Equal = "IS";
    public const string NotEqual = "IS NOT";

    public override string ToSql(SqlValues values)
    {
        string column = values.Place(Column);
        return $"({string.Join(" OR ", Values.Select(value => Compare(column, value, values)))})";
    }

    private string Compare(string column, object? value, SqlValues values) => Operator switch
    {
        Equal or NotEqual => $"{column} {Operator} {(value is null ? "NULL" : values.Add(value))}",
        Contains => $"INSTR(LOWER({column}), LOWER({values.Add(value!)})) > 0",

        // SQLite takes every text to be larger than every number.
        _ => $"(TYPEOF({column}) IN ('integer', 'real') AND {column} {Operator} {values.Add(value!)})",
    };
}
