using Experiments.Contracts.Workers;

namespace Experiments.Contracts.Api;

/// <summary>A worker as the API shows it.</summary>
public sealed record WorkerView
{
    public required string Id { get; init; }

    public required string Host { get; init; }

    public required string Device { get; init; }

    public required WorkerState State { get; init; }

    /// <summary>What it trains now.</summary>
    public string? RunId { get; init; }

    /// <summary>Bytes.</summary>
    public required long MemoryUsed { get; init; }

    /// <summary>Bytes.</summary>
    public required long MemoryTotal { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Utilization { get; init; }

    /// <summary>Degrees Celsius of the device; null where it cannot be read.</summary>
    public int? Temperature { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Why it was set aside.</summary>
    public string? Reason { get; init; }
}
