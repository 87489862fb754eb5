namespace Experiments.Dashboard.Api;

/// <summary>Which lines of a run's log to read; null for no restriction.</summary>
/// <param name="Level">information, warning or error: lines of at least this level.</param>
/// <param name="Before">Lines before this position; see <see cref="Contracts.Api.RunLogPage.Before"/>.</param>
/// <param name="After">Lines after this position; see <see cref="Contracts.Api.RunLogPage.After"/>.</param>
public sealed record RunLogQuery(string? Attempt, string? Level, string? Search, string? Before = null, string? After = null, int Limit = 200);
