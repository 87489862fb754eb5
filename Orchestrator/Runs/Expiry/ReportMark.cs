namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>A message that follows the queued reports through the queue of run events; see <see cref="LeaseExpiry"/>.</summary>
/// <param name="Process">The process that sent it: other processes cannot interpret its timestamp.</param>
/// <param name="SentAt">A timestamp of its monotonic clock.</param>
public sealed record ReportMark(string Process, long SentAt);
