using Experiments.Orchestrator.Runs.Columns;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Matches runs that have a tag, or one of several.</summary>
/// <param name="Operator">An operator of <see cref="ComparisonFilter"/>; tags have no order.</param>
/// <param name="Tags">Null for runs without tags.</param>
internal sealed record TagFilter(string Operator, IReadOnlyList<object?> Tags) : RunFilter
{
    public override string ToSql(SqlValues values)
    {
        string any = $"({string.Join(" OR ", Tags.Select(tag => Has(tag, values)))})";
        return Operator == ComparisonFilter.NotEqual ? $"NOT {any}" : any;
    }

    private string Has(object? tag, SqlValues values) => (tag, Operator) switch
    {
        (null, _) => "json_array_length(Tags) = 0",
        (_, ComparisonFilter.Contains) => Exists($"INSTR(LOWER(tag.value), LOWER({values.Add(tag)})) > 0"),
        _ => Exists($"tag.value = {values.Add(tag)}"),
    };

    private static string Exists(string condition) => $"EXISTS (SELECT 1 FROM json_each(Tags) AS tag WHERE {condition})";
}
