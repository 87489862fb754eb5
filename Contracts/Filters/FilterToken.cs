namespace Experiments.Contracts.Filters;

/// <summary>A part of a filter: a word, a quoted string, a comparison, a parenthesis or a comma.</summary>
/// <param name="Position">The position of its first character, from 1.</param>
public readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    private const string OperatorCharacters = "=!<>~";

    /// <exception cref="FilterException">A quote is not closed.</exception>
    public static IReadOnlyList<FilterToken> Split(string text)
    {
        var tokens = new List<FilterToken>();
        int position = 0;
        while (position < text.Length)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            FilterToken token = Next(text, position, out position);
            tokens.Add(token);
        }

        tokens.Add(new FilterToken(FilterTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static FilterToken Next(string text, int start, out int end)
    {
        char first = text[start];
        end = start + 1;
        switch (first)
        {
            case '(':
                return new FilterToken(FilterTokenKind.Open, "(", start + 1);
            case ')':
                return new FilterToken(FilterTokenKind.Close, ")", start + 1);
            case ',':
                return new FilterToken(FilterTokenKind.Comma, ",", start + 1);
            case '"' or '\'':
                int close = text.IndexOf(first, start + 1);
                if (close < 0)
                {
                    throw new FilterException(start + 1, $"the text that begins with {first} has no end");
                }

                end = close + 1;
                return new FilterToken(FilterTokenKind.Quoted, text[(start + 1)..close], start + 1);
        }

        bool isOperator = OperatorCharacters.Contains(first, StringComparison.Ordinal);
        while (end < text.Length && (isOperator ? OperatorCharacters.Contains(text[end], StringComparison.Ordinal) : IsWord(text[end])))
        {
            end++;
        }

        return new FilterToken(isOperator ? FilterTokenKind.Operator : FilterTokenKind.Word, text[start..end], start + 1);
    }

    /// <summary>True for one of the words that join conditions, ignoring case.</summary>
    public bool Is(string keyword) => Kind == FilterTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a character that can be part of a word.</summary>
    public static bool IsWord(char character) =>
        !char.IsWhiteSpace(character) && !OperatorCharacters.Contains(character, StringComparison.Ordinal) && character is not ('(' or ')' or ',' or '"' or '\'');
}
