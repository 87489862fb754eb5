namespace Experiments.Contracts.Api;

/// <summary>What a worker did over a few seconds.</summary>
/// <param name="Time">The beginning of those seconds.</param>
/// <param name="MemoryUsed">Bytes; the most that was seen.</param>
/// <param name="MemoryTotal">Bytes.</param>
/// <param name="Utilization">0 to 1; the mean of what was seen.</param>
/// <param name="Temperature">Degrees Celsius, the highest that was seen; null where it cannot be read.</param>
/// <param name="Busy">Whether it had a run.</param>
public sealed record WorkerSample(DateTimeOffset Time, long MemoryUsed, long MemoryTotal, double Utilization, int? Temperature, bool Busy);

/// <summary>What a worker did over the last hour. It is kept in memory alone, and gone after a restart of the Orchestrator.</summary>
/// <param name="Since">When the Orchestrator began to record (UTC).</param>
/// <param name="StepSeconds">What a sample stands for; where one is missing nothing was heard.</param>
public sealed record WorkerHistory(string Id, DateTimeOffset Since, int StepSeconds, IReadOnlyList<WorkerSample> Samples);
