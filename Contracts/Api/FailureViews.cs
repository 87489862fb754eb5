using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>Why runs of a sweep failed.</summary>
/// <param name="Runs">How many failed.</param>
/// <param name="Groups">By what went wrong, the most frequent first.</param>
public sealed record SweepFailures(int Runs, IReadOnlyList<FailureGroup> Groups);

/// <summary>Runs that failed for the same reason.</summary>
/// <param name="Message">What the first of them says; numbers in which the others differ are written as <c>…</c>.</param>
/// <param name="Runs">How many they are.</param>
/// <param name="Filter">The condition on runs that they meet.</param>
/// <param name="First">Those with the lowest cells.</param>
public sealed record FailureGroup(FailureKind Kind, string Message, int Runs, string Filter, IReadOnlyList<FailedRun> First);

/// <summary>A run that failed.</summary>
public sealed record FailedRun(string Id, int Cell);
