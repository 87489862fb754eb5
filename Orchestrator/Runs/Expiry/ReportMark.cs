namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>Passes through the queue of run events behind the reports that are already in it; see <see cref="LeaseExpiry"/>.</summary>
/// <param name="Process">The process that sent it: a timestamp means nothing to another one.</param>
/// <param name="SentAt">A timestamp of its monotonic clock.</param>
public sealed record ReportMark(string Process, long SentAt);
