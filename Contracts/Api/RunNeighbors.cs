namespace Experiments.Contracts.Api;

/// <summary>The data of a link to a run.</summary>
public sealed record RunLink(string Id, int Cell, string? Name);

/// <summary>The position of a run in a list of its sweep's runs.</summary>
/// <param name="Position">From 1; null when the list does not contain it.</param>
/// <param name="Total">The number of runs in the list.</param>
/// <param name="Previous">The run before it; null for the first.</param>
/// <param name="Next">The run after it; null for the last.</param>
public sealed record RunNeighbors(int? Position, int Total, RunLink? Previous, RunLink? Next);
