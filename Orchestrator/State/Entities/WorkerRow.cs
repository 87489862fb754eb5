using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>The stored part of a worker; its current activity is only in memory, see <see cref="WorkerTable"/>.</summary>
public sealed class WorkerRow
{
    public required string Id { get; init; }

    public required string Host { get; set; }

    public required string Device { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    /// <summary>A user asked it to take no new runs.</summary>
    public bool Draining { get; set; }

    /// <summary>Why it gets no runs; null when it does.</summary>
    public string? SetAsideReason { get; set; }

    /// <summary>The distinct runs that crashed on it since it last completed one.</summary>
    public List<string> Crashes { get; set; } = [];
}
