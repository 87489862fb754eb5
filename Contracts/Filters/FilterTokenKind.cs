namespace Experiments.Contracts.Filters;

/// <summary>The kind of a part of a filter.</summary>
public enum FilterTokenKind
{
    /// <summary>A name, number, keyword or unquoted text.</summary>
    Word,

    /// <summary>In quotes: never a keyword or a number.</summary>
    Quoted,

    /// <summary>A comparison such as <c>&gt;=</c>.</summary>
    Operator,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,

    /// <summary>Separates the values of a list.</summary>
    Comma,

    /// <summary>After the last token; its text is empty.</summary>
    End,
}
