namespace Experiments.Contracts.Filters;

/// <summary>A filter that cannot be read.</summary>
/// <param name="position">The position of the first character that cannot be read, from 1.</param>
public sealed class FilterException(int position, string problem) : Exception($"character {position}: {problem}")
{
    /// <summary>The position of the first character that cannot be read, from 1.</summary>
    public int Position { get; } = position;
}
