namespace Experiments.TestSystem.Chaos;

/// <summary>The faults that can be injected.</summary>
public enum FaultKind
{
    /// <summary>kill -9, and a restart a moment later.</summary>
    KillWorker,

    /// <summary>SIGTERM, and a restart when it has ended.</summary>
    TerminateWorker,

    /// <summary>SIGSTOP for longer than a lease, then SIGCONT: a laptop that was suspended or disconnected.</summary>
    SuspendWorker,

    /// <summary>kill -9, and a restart on the same data.</summary>
    KillOrchestrator,

    /// <summary>kill -9, and a restart on the same data.</summary>
    KillRabbitMq,

    /// <summary>kill -9, and a restart without any queue or message.</summary>
    WipeRabbitMq,

    /// <summary>kill -9, and a restart without data.</summary>
    WipeRedis,

    /// <summary>Pause and resume over the API.</summary>
    PauseSweep,
}

internal static class FaultKinds
{
    /// <summary>In words, for reports.</summary>
    public static string Describe(FaultKind kind) => kind switch
    {
        FaultKind.KillWorker => "worker killed (kill -9), started again",
        FaultKind.TerminateWorker => "worker terminated (SIGTERM), started again",
        FaultKind.SuspendWorker => "worker suspended for longer than its lease, then continued",
        FaultKind.KillOrchestrator => "Orchestrator killed (kill -9), started again",
        FaultKind.KillRabbitMq => "RabbitMQ killed (kill -9), started again with its data",
        FaultKind.WipeRabbitMq => "RabbitMQ killed (kill -9), started again without its queues",
        FaultKind.WipeRedis => "Redis killed (kill -9), started again empty",
        FaultKind.PauseSweep => "sweep paused and resumed over the API",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a fault"),
    };

    public static bool IsOfWorker(FaultKind kind) => kind is FaultKind.KillWorker or FaultKind.TerminateWorker or FaultKind.SuspendWorker;

    /// <summary>True if the Orchestrator receives no heartbeats during the fault.</summary>
    public static bool DeafensOrchestrator(FaultKind kind) => kind is FaultKind.KillOrchestrator or FaultKind.KillRabbitMq or FaultKind.WipeRabbitMq;
}
