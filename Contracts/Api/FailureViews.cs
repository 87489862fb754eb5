using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>Why runs of a sweep failed.</summary>
/// <param name="Runs">The number of failed runs.</param>
/// <param name="Groups">The failed runs grouped by reason, the most frequent reason first.</param>
public sealed record SweepFailures(int Runs, IReadOnlyList<FailureGroup> Groups);

/// <summary>Runs that failed for the same reason.</summary>
/// <param name="Message">The message of the first of them; numbers that differ between them are replaced by <c>…</c>.</param>
/// <param name="Runs">The number of these runs.</param>
/// <param name="Filter">A filter that selects these runs.</param>
/// <param name="First">The runs with the lowest cells.</param>
public sealed record FailureGroup(FailureKind Kind, string Message, int Runs, string Filter, IReadOnlyList<FailedRun> First);

/// <summary>A run that failed.</summary>
public sealed record FailedRun(string Id, int Cell);
