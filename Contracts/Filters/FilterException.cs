namespace Experiments.Contracts.Filters;

/// <summary>A filter that cannot be read.</summary>
/// <param name="position">The character at which it goes wrong, from 1.</param>
public sealed class FilterException(int position, string problem) : Exception($"character {position}: {problem}")
{
    /// <summary>The character at which it goes wrong, from 1.</summary>
    public int Position { get; } = position;
}
