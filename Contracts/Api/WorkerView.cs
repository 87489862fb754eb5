using Experiments.Contracts.Workers;

namespace Experiments.Contracts.Api;

/// <summary>A worker as the API shows it.</summary>
public sealed record WorkerView
{
    /// <summary>Chosen by the worker at its start; unique among the workers that are connected.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the worker's machine.</summary>
    public required string Host { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Derived by the Orchestrator from heartbeats, leases and failures.</summary>
    public required WorkerState State { get; init; }

    /// <summary>Its current run.</summary>
    public string? RunId { get; init; }

    /// <summary>Bytes.</summary>
    public required long MemoryUsed { get; init; }

    /// <summary>Bytes.</summary>
    public required long MemoryTotal { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Utilization { get; init; }

    /// <summary>Degrees Celsius of the device; null where it cannot be read.</summary>
    public int? Temperature { get; init; }

    /// <summary>When the newest heartbeat arrived (UTC).</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Why it was set aside.</summary>
    public string? Reason { get; init; }
}
