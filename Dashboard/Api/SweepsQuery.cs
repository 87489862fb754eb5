namespace Experiments.Dashboard.Api;

/// <summary>Which sweeps to read; null for all.</summary>
/// <param name="Words">Words that must all occur in name, tags, notes or data set.</param>
/// <param name="Archived">Only archived sweeps, or only the others.</param>
/// <param name="Sort">name, status, runs, progress, best, finishedAt or createdAt; <c>-</c> in front for descending. Null for newest first.</param>
public sealed record SweepsQuery(string? Status = null, string? Tag = null, string? Words = null, bool? Archived = null, int Skip = 0, int Take = 100, string? Sort = null);
