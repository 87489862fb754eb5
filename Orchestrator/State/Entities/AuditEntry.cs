namespace Experiments.Orchestrator.State.Entities;

/// <summary>A call that changed something, or was not allowed to. Never changed or removed, and without the content of the request.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    public string? User { get; init; }

    public string? TokenName { get; init; }

    public string? Address { get; init; }

    public required string Action { get; init; }

    public required string Path { get; init; }

    public string? SweepId { get; set; }

    public string? RunId { get; init; }

    public string? WorkerId { get; init; }

    public required int Status { get; init; }
}
