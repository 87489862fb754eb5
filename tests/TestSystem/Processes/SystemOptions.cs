namespace Experiments.TestSystem.Processes;

/// <summary>Options of a system of processes, and its callbacks.</summary>
public sealed record SystemOptions
{
    /// <summary>Cancels all waiting.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Called with each service after it ended; its output is complete by then.</summary>
    public Action<ServiceProcess>? Ended { get; init; }

    /// <summary>An existing folder for the output of each process; null to keep none.</summary>
    public string? LogFolder { get; init; }

    /// <summary>The shorter a lease, the sooner a lost worker is noticed, and the sooner a busy machine loses one.</summary>
    public double LeaseSeconds { get; init; } = 15;

    public double HeartbeatSeconds { get; init; } = 1;

    public double TicketHoldSeconds { get; init; } = 2;

    /// <summary>The least time between two checkpoints; 0 for a checkpoint after each epoch, so that every epoch is reported immediately.</summary>
    public double CheckpointSeconds { get; init; } = 10;

    /// <summary>How long RabbitMQ lets a consumer hold a delivery, at least a minute; null for its default of 30 minutes.</summary>
    public TimeSpan? ConsumerTimeout { get; init; }

    internal string? LogFile(string name) => LogFolder is null ? null : Path.Combine(LogFolder, name + ".log");
}
