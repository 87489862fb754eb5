namespace Experiments.Orchestrator.State.Entities;

/// <summary>
/// A run that was deleted. Stored in the transaction that takes the run out of the state: the removal of what it left resumes from here after a kill,
/// and files that a worker writes late are recognised by it.
/// </summary>
public sealed class DeletedRun
{
    public required string RunId { get; init; }

    public required string SweepId { get; init; }

    public required DateTimeOffset DeletedAt { get; init; }

    /// <summary>When nothing of it was left; null while its removal is due.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}
