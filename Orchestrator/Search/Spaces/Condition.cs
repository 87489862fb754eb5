namespace Experiments.Orchestrator.Search.Spaces;

/// <summary>A dimension is active only where an earlier choice dimension has one of some values, and is itself active.</summary>
/// <param name="Dimension">The name of the choice dimension.</param>
/// <param name="Choices">Indices of its choices, from 0.</param>
public sealed record Condition(string Dimension, IReadOnlyList<int> Choices);
