namespace Experiments.Contracts.Filters;

/// <summary>What a part of a filter is.</summary>
public enum FilterTokenKind
{
    Word,

    /// <summary>In quotes: never a keyword or a number.</summary>
    Quoted,
    Operator,
    Open,
    Close,
    Comma,
    End,
}
