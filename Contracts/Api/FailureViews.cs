using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>Why runs of a sweep failed.</summary>
/// <param name="Runs">How many failed.</param>
/// <param name="Groups">Grouped by reason, the most frequent first.</param>
public sealed record SweepFailures(int Runs, IReadOnlyList<FailureGroup> Groups);

/// <summary>Runs that failed for the same reason.</summary>
/// <param name="Message">The message of the first of them; numbers in which the others differ are replaced by <c>…</c>.</param>
/// <param name="Runs">The number of these runs.</param>
/// <param name="Filter">A filter that selects these runs.</param>
/// <param name="First">Those with the lowest cells.</param>
public sealed record FailureGroup(FailureKind Kind, string Message, int Runs, string Filter, IReadOnlyList<FailedRun> First);

/// <summary>A run that failed.</summary>
public sealed record FailedRun(string Id, int Cell);
