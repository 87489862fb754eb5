using Experiments.Contracts.Filters;

namespace Experiments.Dashboard.Components.Filters;

/// <summary>What can stand at a place of a filter.</summary>
public enum FilterExpectation
{
    /// <summary>A name, or a word to search for.</summary>
    Term,

    /// <summary>After a word that may be a name: how it is compared.</summary>
    Comparison,

    /// <summary>After <c>in</c>.</summary>
    List,
    Value,

    /// <summary>After a value of a list.</summary>
    NextValue,

    /// <summary>After a condition.</summary>
    Join,
}

/// <summary>Where the caret is in a filter. Pure.</summary>
/// <param name="Name">What is compared there, as it was written; null where nothing is.</param>
/// <param name="Partial">What of the word at the caret stands before it.</param>
/// <param name="Start">Where that word begins.</param>
/// <param name="End">Where it ends, behind the caret or there.</param>
/// <param name="Previous">Where what stands before it ends.</param>
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

    /// <summary>What is finished before the caret, and what is being written there.</summary>
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
            // A quote that has no end yet.
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
