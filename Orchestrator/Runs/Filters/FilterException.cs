namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>A filter that cannot be read.</summary>
/// <param name="position">The character at which it goes wrong, from 1.</param>
internal sealed class FilterException(int position, string problem) : Exception($"character {position}: {problem}");
