using Experiments.Contracts.Filters;

namespace Experiments.Dashboard.Components.Filters;

/// <summary>Completions at the caret of a filter. Pure.</summary>
public static class FilterCompletion
{
    private const int Most = 30;

    private static readonly (string Text, string Detail, bool NeedsSize)[] Comparisons =
    [
        ("=", "is", false), ("!=", "is not", false), (">", "more than", true), (">=", "at least", true), ("<", "less than", true), ("<=", "at most", true),
        ("in", "is one of", false), ("~", "contains", false),
    ];

    /// <param name="caret">The number of characters before it.</param>
    public static IReadOnlyList<FilterSuggestion> At(string text, int caret, FilterVocabulary vocabulary)
    {
        FilterPlace place = FilterPlace.Find(text, caret);
        IEnumerable<FilterSuggestion> all = place.Expected switch
        {
            FilterExpectation.Term => Names(place, vocabulary).Concat(Words(place, "not")),
            FilterExpectation.Comparison => After(place, vocabulary),
            FilterExpectation.List => [new FilterSuggestion("(", "the values", "(", place.Start, place.End)],
            FilterExpectation.Value => Values(place, vocabulary),
            FilterExpectation.NextValue => [.. new[] { (",", "another value", ", "), (")", "the end of the list", ") ") }.Select(sign => new FilterSuggestion(sign.Item1, sign.Item2, sign.Item3, place.Previous, place.End))],
            FilterExpectation.Join => Joins(place, vocabulary),
            _ => throw new InvalidOperationException($"no such place: {place.Expected}"),
        };
        return [.. all.Take(Most)];
    }

    private static IEnumerable<FilterSuggestion> Names(FilterPlace place, FilterVocabulary vocabulary)
    {
        IReadOnlyList<string> meant = place.Partial.Length == 0 ? [] : FilterNames.Resolve(place.Partial, vocabulary.Metrics);
        return vocabulary.Names
            .Select(name => (Name: name, Rank: RankOf(name, place.Partial, meant)))
            .Where(found => found.Rank is not null)
            .OrderBy(found => found.Rank)
            .Select(found => new FilterSuggestion(found.Name.Name, found.Name.Description, found.Name.Name + " ", place.Start, place.End));
    }

    /// <summary>The rank of a match, lower is better; null for no match.</summary>
    private static int? RankOf(FilterName name, string partial, IReadOnlyList<string> meant) =>
        name.Name.StartsWith(partial, StringComparison.OrdinalIgnoreCase) ? 0
        : meant.Contains(name.Name) ? 0
        : name.Name.Contains(partial, StringComparison.OrdinalIgnoreCase) ? 1
        : name.Description.Contains(partial, StringComparison.OrdinalIgnoreCase) ? 2
        : null;

    /// <summary>Comparison operators after a name; conjunctions after a search word.</summary>
    private static IEnumerable<FilterSuggestion> After(FilterPlace place, FilterVocabulary vocabulary) => vocabulary.Find(place.Name!) is { } name
        ? Comparisons
            .Where(sign => (name.HasSize || !sign.NeedsSize) && sign.Text.StartsWith(place.Partial, StringComparison.OrdinalIgnoreCase))
            .Select(sign => new FilterSuggestion(sign.Text, sign.Detail, sign.Text == "in" ? "in (" : sign.Text + " ", place.Start, place.End))
        : Joins(place, vocabulary);

    private static IEnumerable<FilterSuggestion> Values(FilterPlace place, FilterVocabulary vocabulary)
    {
        if (vocabulary.Find(place.Name!) is not { } name)
        {
            return [];
        }

        return vocabulary.ValuesOf(name.Name)
            .Where(value => value.Contains(place.Partial, StringComparison.OrdinalIgnoreCase))
            .OrderBy(value => value.TrimStart('\'', '"').StartsWith(place.Partial, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Select(value => new FilterSuggestion(value, "", value + " ", place.Start, place.End));
    }

    /// <summary>Conjunctions; text at the caret may also be the next condition.</summary>
    private static IEnumerable<FilterSuggestion> Joins(FilterPlace place, FilterVocabulary vocabulary) =>
        Words(place, "and", "or").Concat(place.Partial.Length > 0 ? Names(place, vocabulary) : []);

    private static IEnumerable<FilterSuggestion> Words(FilterPlace place, params IReadOnlyList<string> words) => words
        .Where(word => word.StartsWith(place.Partial, StringComparison.OrdinalIgnoreCase))
        .Select(word => new FilterSuggestion(word, "", word + " ", place.Start, place.End));
}
