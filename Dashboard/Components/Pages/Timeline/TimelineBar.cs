using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Components.Pages.Timeline;

/// <summary>An attempt, or several that are too short to distinguish.</summary>
/// <param name="Worker">The index of its worker.</param>
/// <param name="End">Now while it runs.</param>
/// <param name="Outcome">Null while it runs.</param>
/// <param name="Attempt">The index of the attempt, or of the first of several.</param>
/// <param name="Count">The number of attempts it represents.</param>
public sealed record TimelineBar(int Worker, DateTimeOffset Start, DateTimeOffset End, AttemptOutcome? Outcome, int Attempt, int Count);
