namespace Experiments.Orchestrator.Runs.Columns;

/// <summary>The order of a list of runs; those without a value last, equal ones by cell.</summary>
internal sealed record RunSort(RunColumn Column, bool Descending)
{
    public static RunSort Default { get; } = Parse("cell", [], out _)!;

    /// <summary>Reads <c>name</c> or <c>-name</c>.</summary>
    /// <param name="measured">The metrics that the runs have.</param>
    /// <returns>Null with <paramref name="problem"/> when there is nothing of that name to sort by.</returns>
    public static RunSort? Parse(string text, IReadOnlyCollection<string> measured, out string problem)
    {
        bool descending = text.StartsWith('-');
        if (RunColumn.Find(descending ? text[1..] : text, measured, out problem) is { } column)
        {
            return new RunSort(column, descending);
        }

        problem = $"nothing to sort by: {problem}";
        return null;
    }

    /// <summary>The order of rows that have <see cref="ValueSql"/> as <c>SortValue</c>.</summary>
    public string OrderSql => $"SortValue IS NULL, SortValue {(Descending ? "DESC" : "ASC")}, Cell";

    /// <summary>What is sorted by, with its parameters added to <paramref name="values"/>.</summary>
    public string ValueSql(SqlValues values) => values.Place(Column);
}
