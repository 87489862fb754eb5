using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>What is stored of a worker; what it does now is only in memory, see <see cref="WorkerTable"/>.</summary>
public sealed class WorkerRow
{
    public required string Id { get; init; }

    public required string Host { get; set; }

    public required string Device { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    /// <summary>Somebody asked it to take nothing new.</summary>
    public bool Draining { get; set; }

    /// <summary>Why it gets no runs; null when it does.</summary>
    public string? SetAsideReason { get; set; }

    /// <summary>The different runs that crashed on it since it last completed one.</summary>
    public List<string> Crashes { get; set; } = [];
}
