namespace Experiments.TestSystem.Processes;

/// <summary>How a system of processes is set up, and what it tells whoever started it.</summary>
public sealed record SystemOptions
{
    /// <summary>Ends all waiting.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Is given each service when it has ended, with all that it wrote.</summary>
    public Action<ServiceProcess>? Ended { get; init; }

    /// <summary>A folder that takes what each process writes; null for none. It must exist.</summary>
    public string? LogFolder { get; init; }

    /// <summary>Leases, short so that a lost worker is noticed soon.</summary>
    public double LeaseSeconds { get; init; } = 4;

    public double HeartbeatSeconds { get; init; } = 1;

    public double TicketHoldSeconds { get; init; } = 2;

    /// <summary>Between two checkpoints, at least; 0 for one after each epoch, so that every epoch is reported at once.</summary>
    public double CheckpointSeconds { get; init; } = 10;

    /// <summary>How long RabbitMQ lets a delivery be held, at least a minute; null for its own 30 minutes.</summary>
    public TimeSpan? ConsumerTimeout { get; init; }

    internal string? LogFile(string name) => LogFolder is null ? null : Path.Combine(LogFolder, name + ".log");
}
