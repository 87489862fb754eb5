namespace Experiments.Orchestrator.Audit;

/// <summary>What a call changed, where its path does not say it: a feature of the request.</summary>
/// <param name="SweepId">The sweep whose runs were selected; null when they were named.</param>
/// <param name="RunIds">The runs that were changed; an entry is written for each when there is no sweep.</param>
/// <param name="ChangedNothing">The call only asked: it is not recorded.</param>
internal sealed record AuditSubject(string? SweepId, IReadOnlyList<string> RunIds, bool ChangedNothing);
