using Experiments.Orchestrator.Runs.Lists;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Reads a condition: <c>or</c> binds least, then <c>and</c>, then <c>not</c>.</summary>
internal sealed class FilterParser(IReadOnlyList<FilterToken> tokens, IReadOnlyCollection<string> measured)
{
    private const int Deepest = 50;

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["="] = ComparisonFilter.Equal,
        ["=="] = ComparisonFilter.Equal,
        ["!="] = ComparisonFilter.NotEqual,
        ["<>"] = ComparisonFilter.NotEqual,
        ["<"] = "<",
        ["<="] = "<=",
        [">"] = ">",
        [">="] = ">=",
        ["~"] = ComparisonFilter.Contains,
    };

    private int _next;
    private int _depth;

    private FilterToken Next => tokens[_next];

    /// <exception cref="FilterException">It cannot be read.</exception>
    public RunFilter Parse()
    {
        RunFilter filter = Joined("or", () => Joined("and", Single));
        return Next.Kind == FilterTokenKind.End ? filter : throw Expected("\"and\", \"or\" or the end");
    }

    private RunFilter Joined(string word, Func<RunFilter> part)
    {
        List<RunFilter> parts = [part()];
        while (TakeWord(word))
        {
            parts.Add(part());
        }

        return parts.Count == 1 ? parts[0] : new JoinedFilter(word.ToUpperInvariant(), parts);
    }

    private RunFilter Single()
    {
        if (++_depth > Deepest)
        {
            throw new FilterException(Next.Position, $"nested too deeply; allowed: {Deepest} levels");
        }

        RunFilter filter = TakeWord("not") ? new NegatedFilter(Single()) : Next.Kind == FilterTokenKind.Open ? Group() : Comparison();
        _depth--;
        return filter;
    }

    private RunFilter Group()
    {
        _next++;
        RunFilter filter = Joined("or", () => Joined("and", Single));
        Take(FilterTokenKind.Close, "\")\"");
        return filter;
    }

    private RunFilter Comparison()
    {
        FilterToken name = Next.Kind is FilterTokenKind.Word or FilterTokenKind.Quoted
            ? tokens[_next++]
            : throw Expected("the name of a hyperparameter or metric");
        RunColumn column = RunColumn.Find(name.Text, measured, out string problem)
            ?? throw new FilterException(name.Position, $"nothing to filter by: {problem}");
        if (TakeWord("in"))
        {
            return Compare(column, ComparisonFilter.Equal, List(column));
        }

        FilterToken sign = Take(FilterTokenKind.Operator, "a comparison such as = or >");
        if (!Operators.TryGetValue(sign.Text, out string? sql))
        {
            throw new FilterException(sign.Position, $"unknown comparison: \"{sign.Text}\"; allowed: {string.Join(' ', Operators.Keys)} in");
        }

        FilterToken value = Value();
        return Compare(column, sql, [sql switch
        {
            ComparisonFilter.Equal or ComparisonFilter.NotEqual => FilterValue.Read(column, value),
            ComparisonFilter.Contains => value.Text,
            _ => FilterValue.ReadSize(column, value),
        }]);
    }

    private static RunFilter Compare(RunColumn column, string sql, IReadOnlyList<object?> values) =>
        column.Kind == RunColumnKind.Tags ? new TagFilter(sql, values) : new ComparisonFilter(column, sql, values);

    private List<object?> List(RunColumn column)
    {
        Take(FilterTokenKind.Open, "\"(\"");
        List<object?> values = [FilterValue.Read(column, Value())];
        while (Next.Kind == FilterTokenKind.Comma)
        {
            _next++;
            values.Add(FilterValue.Read(column, Value()));
        }

        Take(FilterTokenKind.Close, "\")\"");
        return values;
    }

    private FilterToken Value() => Next.Kind is FilterTokenKind.Word or FilterTokenKind.Quoted ? tokens[_next++] : throw Expected("a value");

    private FilterToken Take(FilterTokenKind kind, string what) => Next.Kind == kind ? tokens[_next++] : throw Expected(what);

    private bool TakeWord(string word)
    {
        bool taken = Next.Kind == FilterTokenKind.Word && Next.Text.Equals(word, StringComparison.OrdinalIgnoreCase);
        _next += taken ? 1 : 0;
        return taken;
    }

    private FilterException Expected(string what) =>
        new(Next.Position, Next.Kind == FilterTokenKind.End ? $"it ends where {what} is expected" : $"{what} is expected, not \"{Http.Query.Shorten(Next.Text)}\"");
}
