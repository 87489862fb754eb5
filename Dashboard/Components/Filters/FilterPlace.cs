using Experiments.Contracts.Filters;

namespace Experiments.Dashboard.Components.Filters;

/// <summary>The kinds of token at a position of a filter.</summary>
public enum FilterExpectation
{
    /// <summary>A name, or a word to search for.</summary>
    Term,

    /// <summary>A comparison operator, after a word that may be a name.</summary>
    Comparison,

    /// <summary>After <c>in</c>.</summary>
    List,
    Value,

    /// <summary>After a value of a list.</summary>
    NextValue,

    /// <summary>After a condition.</summary>
    Join,
}

/// <summary>The context of the caret in a filter. Pure.</summary>
/// <param name="Name">The compared name as written; null for none.</param>
/// <param name="Partial">The part of the word at the caret before the caret.</param>
/// <param name="Start">The start of that word.</param>
/// <param name="End">The end of that word, at or after the caret.</param>
/// <param name="Previous">The end of the token before it.</param>
public sealed record FilterPlace(FilterExpectation Expected, string? Name, string Partial, int Start, int End, int Previous)
{
    public static FilterPlace Find(string text, int caret)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        (IReadOnlyList<FilterToken> tokens, string partial, int start) = Read(text[..caret]);
        int end = caret;
        while (partial.Length > 0 && end < text.Length && FilterToken.IsWord(text[end]))
        {
            end++;
        }

        (FilterExpectation expected, string? name) = Walk(tokens);
        return new FilterPlace(expected, name, partial, start, end, text[..start].TrimEnd().Length);
    }

    /// <summary>The complete tokens before the caret, and the incomplete one at it.</summary>
    private static (IReadOnlyList<FilterToken> Tokens, string Partial, int Start) Read(string before)
    {
        try
        {
            IReadOnlyList<FilterToken> tokens = [.. FilterToken.Split(before).SkipLast(1)];
            return tokens is [.., { Kind: FilterTokenKind.Word } last] && before.EndsWith(last.Text, StringComparison.Ordinal)
                ? ([.. tokens.SkipLast(1)], last.Text, last.Position - 1)
                : (tokens, "", before.Length);
        }
        catch (FilterException open)
        {
            // A quote that is not closed yet.
            int start = open.Position - 1;
            return ([.. FilterToken.Split(before[..start]).SkipLast(1)], before[(start + 1)..], start);
        }
    }

    private static (FilterExpectation Expected, string? Name) Walk(IReadOnlyList<FilterToken> tokens)
    {
        (FilterExpectation expected, string? name, bool inList) = (FilterExpectation.Term, null, false);
        foreach (FilterToken token in tokens)
        {
            (expected, name, inList) = Next(expected, name, inList, token);
        }

        return (expected, name);
    }

    private static (FilterExpectation Expected, string? Name, bool InList) Next(FilterExpectation expected, string? name, bool inList, FilterToken token) =>
        (expected, token.Kind) switch
        {
            (FilterExpectation.Comparison, FilterTokenKind.Operator) => (FilterExpectation.Value, name, false),
            (FilterExpectation.Comparison, FilterTokenKind.Word) when token.Is("in") => (FilterExpectation.List, name, false),
            (FilterExpectation.List, FilterTokenKind.Open) => (FilterExpectation.Value, name, true),
            (FilterExpectation.Value, FilterTokenKind.Word or FilterTokenKind.Quoted) => (inList ? FilterExpectation.NextValue : FilterExpectation.Join, name, inList),
            (FilterExpectation.NextValue, FilterTokenKind.Comma) => (FilterExpectation.Value, name, true),
            (_, FilterTokenKind.Close) => (FilterExpectation.Join, null, false),
            (_, FilterTokenKind.Word) when token.Is("and") || token.Is("or") || token.Is("not") => (FilterExpectation.Term, null, false),
            (_, FilterTokenKind.Word or FilterTokenKind.Quoted) => (FilterExpectation.Comparison, token.Text, false),
            _ => (FilterExpectation.Term, null, false),
        };
}
