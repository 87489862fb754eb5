namespace Experiments.Orchestrator.State.Entities;

/// <summary>A decision of a stopping rule, or of a user about it, as stored.</summary>
public sealed class StoppingRecord
{
    /// <summary>Assigned by the database, ascending.</summary>
    public long Id { get; init; }

    public required string SweepId { get; init; }

    public required string RunId { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>See <see cref="Contracts.Api.SearchDecision"/>.</summary>
    public required string Action { get; init; }

    public required int Epoch { get; init; }

    public required string Reason { get; init; }
}
