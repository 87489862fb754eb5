namespace Experiments.Contracts.Filters;

/// <summary>A name that a filter can use.</summary>
/// <param name="Description">A few words for display.</param>
/// <param name="HasSize">Whether its values are ordered, so that <c>&lt;</c> and <c>&gt;</c> apply.</param>
public sealed record FilterName(string Name, string Description, bool HasSize);
