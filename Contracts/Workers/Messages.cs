namespace Experiments.Contracts.Workers;

/// <summary>The state of a worker, as the API shows it.</summary>
public enum WorkerState
{
    /// <summary>Waits for a run.</summary>
    Idle,

    /// <summary>Trains a run.</summary>
    Busy,

    /// <summary>Finishes its run and accepts no new one.</summary>
    Draining,

    /// <summary>No heartbeat for longer than a lease.</summary>
    Lost,

    /// <summary>Gets no runs, because it failed several in a row, until a user readmits it.</summary>
    SetAside,
}

/// <summary>Request, every few seconds: the worker is alive, and renews the lease of its run. Answered by <see cref="HeartbeatReply"/>.</summary>
public sealed record Heartbeat
{
    /// <summary>Chosen by the worker at its start.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The name of the worker's machine.</summary>
    public required string Host { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The run whose lease is renewed; null when idle.</summary>
    public string? RunId { get; init; }

    /// <summary>The attempt whose lease is renewed, from 1; 0 when idle.</summary>
    public int Attempt { get; init; }

    /// <summary>Bytes on the device (on a CPU: of the process).</summary>
    public long MemoryUsed { get; init; }

    /// <summary>Total bytes of the device.</summary>
    public long MemoryTotal { get; init; }

    /// <summary>Share of the device in use, 0 to 1.</summary>
    public double Utilization { get; init; }

    /// <summary>Degrees Celsius of the device; null where it cannot be read.</summary>
    public int? Temperature { get; init; }

    /// <summary>
    /// The models that this worker trains at least 1.15 times as fast in bfloat16 as in float32; null until it has measured them, and from workers of
    /// versions that did not.
    /// </summary>
    public IReadOnlyList<string>? FasterInBFloat16 { get; init; }

    /// <summary>True in the last heartbeat of a worker that shuts down normally.</summary>
    public bool Leaving { get; init; }
}

/// <summary>The Orchestrator's instruction to an attempt.</summary>
public enum AttemptDirective
{
    /// <summary>Continue training.</summary>
    Continue,

    /// <summary>Save a checkpoint, stop, and hand the run back.</summary>
    HandBack,

    /// <summary>Stop; the run was cancelled.</summary>
    Cancel,

    /// <summary>Stop and report nothing: another attempt holds the lease now.</summary>
    Abandon,
}

/// <param name="Attempt">The instruction to the attempt named in the heartbeat.</param>
/// <param name="TakeRuns">False while the worker is draining or set aside.</param>
public sealed record HeartbeatReply(AttemptDirective Attempt, bool TakeRuns)
{
    /// <summary>Why the Orchestrator does not accept this worker; null when it does.</summary>
    public string? Problem { get; init; }
}
