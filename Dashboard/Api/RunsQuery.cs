namespace Experiments.Dashboard.Api;

/// <summary>Which runs of a sweep to read.</summary>
/// <param name="Status">Only runs with this status.</param>
/// <param name="Filter">A condition such as <c>model = resnet18 and validation/accuracy > 0.9</c>.</param>
/// <param name="Sort">A column, hyperparameter or metric; <c>-</c> in front for descending.</param>
/// <param name="Ids">Only these runs, separated by commas.</param>
public sealed record RunsQuery(string? Status = null, string? Filter = null, string? Sort = null, int Skip = 0, int Take = 100, string? Ids = null);
