namespace Experiments.Dashboard.Api;

/// <summary>Which lines of a run's log to read; null for what does not matter.</summary>
/// <param name="Level">information, warning or error: lines that matter at least so much.</param>
/// <param name="Before">Lines before this place; see <see cref="Contracts.Api.RunLogPage.Before"/>.</param>
/// <param name="After">Lines after this place; see <see cref="Contracts.Api.RunLogPage.After"/>.</param>
public sealed record RunLogQuery(string? Attempt, string? Level, string? Search, string? Before = null, string? After = null, int Limit = 200);
