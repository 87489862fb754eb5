namespace Experiments.Contracts.Api;

/// <summary>A sample of a worker's state over a few seconds.</summary>
/// <param name="Time">The start of those seconds.</param>
/// <param name="MemoryUsed">Bytes; the maximum.</param>
/// <param name="MemoryTotal">Bytes.</param>
/// <param name="Utilization">0 to 1; the mean.</param>
/// <param name="Temperature">Degrees Celsius; the maximum. Null where it cannot be read.</param>
/// <param name="Busy">Whether it had a run.</param>
public sealed record WorkerSample(DateTimeOffset Time, long MemoryUsed, long MemoryTotal, double Utilization, int? Temperature, bool Busy);

/// <summary>A worker's samples of the last hour. They are kept in memory only, and lost when the Orchestrator restarts.</summary>
/// <param name="Since">When the Orchestrator began to record (UTC).</param>
/// <param name="StepSeconds">The seconds that a sample covers; a missing sample means that no heartbeat arrived.</param>
public sealed record WorkerHistory(string Id, DateTimeOffset Since, int StepSeconds, IReadOnlyList<WorkerSample> Samples);
