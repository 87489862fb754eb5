namespace Experiments.Orchestrator.State.Entities;

/// <summary>
/// The mark of a deleted run, stored in the transaction that removes the run from the state. After a crash the removal of its data resumes from here,
/// and files that a worker writes late are recognized by it.
/// </summary>
public sealed class DeletedRun
{
    public required string RunId { get; init; }

    public required string SweepId { get; init; }

    public required DateTimeOffset DeletedAt { get; init; }

    /// <summary>When all its data was removed; null until then.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}
