using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Components.Pages.Timeline;

/// <summary>An attempt, or many short ones that one could not tell apart.</summary>
/// <param name="Worker">The place of its worker.</param>
/// <param name="End">Now while it runs.</param>
/// <param name="Outcome">Null while it runs.</param>
/// <param name="Attempt">The place of the attempt, of the first where there are several.</param>
/// <param name="Count">How many attempts it stands for.</param>
public sealed record TimelineBar(int Worker, DateTimeOffset Start, DateTimeOffset End, AttemptOutcome? Outcome, int Attempt, int Count);
