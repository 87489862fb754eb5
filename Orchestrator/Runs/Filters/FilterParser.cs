using Experiments.Contracts.Filters;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Runs.Columns;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>
/// Parses a filter. <c>or</c> binds weakest, then <c>and</c> (which may be omitted), then <c>not</c>. A word without a comparison is searched for.
/// </summary>
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
    private int _words;

    private FilterToken Next => tokens[_next];

    /// <exception cref="FilterException">It cannot be read.</exception>
    public RunFilter Parse()
    {
        RunFilter filter = Any();
        return Next.Kind == FilterTokenKind.End ? filter : throw Expected("\"and\", \"or\" or the end");
    }

    private RunFilter Any()
    {
        List<RunFilter> parts = [All()];
        while (TakeWord("or"))
        {
            parts.Add(All());
        }

        return Join("OR", parts);
    }

    private RunFilter All()
    {
        List<RunFilter> parts = [Single()];
        while (TakeWord("and") || (Next.Kind is FilterTokenKind.Word or FilterTokenKind.Quoted or FilterTokenKind.Open && !Next.Is("or")))
        {
            parts.Add(Single());
        }

        return Join("AND", parts);
    }

    private static RunFilter Join(string word, List<RunFilter> parts) => parts.Count == 1 ? parts[0] : new JoinedFilter(word, parts);

    private RunFilter Single()
    {
        if (++_depth > Deepest)
        {
            throw new FilterException(Next.Position, $"nested too deeply; allowed: {Deepest} levels");
        }

        RunFilter filter = TakeWord("not") ? new NegatedFilter(Single()) : Next.Kind == FilterTokenKind.Open ? Group() : Term();
        _depth--;
        return filter;
    }

    private RunFilter Group()
    {
        _next++;
        RunFilter filter = Any();
        Take(FilterTokenKind.Close, "\")\"");
        return filter;
    }

    private RunFilter Term()
    {
        FilterToken first = Next.Kind is FilterTokenKind.Word or FilterTokenKind.Quoted && !Next.Is("and") && !Next.Is("or")
            ? tokens[_next++]
            : throw Expected("the name of a hyperparameter or metric, or a word to search for,");
        return Next.Kind == FilterTokenKind.Operator || (Next.Is("in") && tokens[_next + 1].Kind == FilterTokenKind.Open) ? Comparison(first) : Word(first);
    }

    private WordFilter Word(FilterToken word)
    {
        if (word.Kind == FilterTokenKind.Word && FilterNames.All(measured).Contains(word.Text))
        {
            throw new FilterException(word.Position, $"\"{word.Text}\" is compared with nothing; write a comparison such as {word.Text} = …, or put the word in quotes to search for it: '{word.Text}'");
        }

        if (word.Text.Length > WordFilter.LongestWord)
        {
            throw new FilterException(word.Position, $"a word of {word.Text.Length} characters: \"{Http.Quote.Shorten(word.Text)}\"; allowed: at most {WordFilter.LongestWord}");
        }

        return ++_words <= WordFilter.MostWords
            ? new WordFilter(Nfc.Of(word.Text))
            : throw new FilterException(word.Position, $"more words to search for than {WordFilter.MostWords}; put words that follow one another in quotes: 'two words'");
    }

    private RunFilter Comparison(FilterToken name)
    {
        IReadOnlyList<string> meant = FilterNames.Resolve(name.Text, measured);
        RunColumn column = RunColumn.Find(meant is [string only] ? only : name.Text, measured, out string problem)
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
            ComparisonFilter.Contains => Nfc.Of(value.Text),
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
        bool taken = Next.Is(word);
        _next += taken ? 1 : 0;
        return taken;
    }

    private FilterException Expected(string what) =>
        new(Next.Position, Next.Kind == FilterTokenKind.End ? $"it ends where {what} is expected" : $"{what} is expected, not \"{Http.Quote.Shorten(Next.Text)}\"");
}
