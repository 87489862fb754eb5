namespace Experiments.Contracts.Filters;

/// <summary>Something that a filter can compare.</summary>
/// <param name="Description">A few words for display.</param>
/// <param name="HasSize">Whether its values can be smaller or larger.</param>
public sealed record FilterName(string Name, string Description, bool HasSize);
