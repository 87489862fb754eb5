namespace Experiments.Orchestrator.Http;

/// <summary>The values of a parameter that may be repeated, or have several values separated by commas.</summary>
/// <param name="Last">What was given last; null for nothing.</param>
/// <param name="Values">The distinct values.</param>
internal sealed record TextList(string? Last, IReadOnlyList<string> Values)
{
    public static TextList None { get; } = new(null, []);
}
