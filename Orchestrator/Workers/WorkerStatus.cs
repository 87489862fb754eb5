using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Workers;

/// <summary>The known state of a worker.</summary>
/// <param name="SeenAt">The monotonic time of its last heartbeat; null without a heartbeat since startup.</param>
/// <param name="IdleSince">The monotonic time since which it has been idle; null while it is busy.</param>
public sealed record WorkerStatus(string Id, string Host, string Device, DateTimeOffset LastSeen, long? SeenAt = null, long? IdleSince = null)
{
    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string DeviceKind => Device.Split(':')[0];

    public string? RunId { get; init; }

    public long MemoryUsed { get; init; }

    public long MemoryTotal { get; init; }

    public double Utilization { get; init; }

    /// <summary>Degrees Celsius.</summary>
    public int? Temperature { get; init; }

    /// <inheritdoc cref="Contracts.Workers.Heartbeat.FasterInBFloat16"/>
    public IReadOnlyList<string>? FasterInBFloat16 { get; init; }

    public bool Draining { get; init; }

    public string? SetAsideReason { get; init; }

    /// <summary>When its row was last written.</summary>
    public DateTimeOffset StoredAt { get; init; }

    /// <param name="isLost">Whether its last heartbeat is older than a lease.</param>
    public WorkerState State(bool isLost) => this switch
    {
        _ when isLost => WorkerState.Lost,
        { SetAsideReason: not null } => WorkerState.SetAside,
        { Draining: true } => WorkerState.Draining,
        { RunId: not null } => WorkerState.Busy,
        _ => WorkerState.Idle,
    };

    public WorkerView ToView(bool isLost) => new()
    {
        Id = Id,
        Host = Host,
        Device = Device,
        State = State(isLost),
        RunId = isLost ? null : RunId,
        MemoryUsed = MemoryUsed,
        MemoryTotal = MemoryTotal,
        Utilization = Utilization,
        Temperature = Temperature,
        LastSeen = LastSeen,
        Reason = SetAsideReason,
    };
}
