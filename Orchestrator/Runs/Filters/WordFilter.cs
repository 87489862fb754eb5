using Experiments.Orchestrator.Runs.Columns;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Runs whose name, tags, model or notes contain a word, whatever the case.</summary>
internal sealed record WordFilter(string Word) : RunFilter
{
    public const int LongestWord = 100;
    public const int MostWords = 20;

    public override string ToSql(SqlValues values)
    {
        string word = $"LOWER({values.Add(Word)})";
        string texts = "LOWER(COALESCE(Name, '') || char(10) || COALESCE(json_extract(Config, '$.model'), '') || char(10) || Notes)";
        return $"(INSTR({texts}, {word}) > 0 OR EXISTS (SELECT 1 FROM json_each(Tags) AS tag WHERE INSTR(LOWER(tag.value), {word}) > 0))";
    }
}
