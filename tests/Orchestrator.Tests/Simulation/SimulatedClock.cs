namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>A monotonic clock that the simulation moves, and a wall clock over it that somebody may set.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed { get; set; }

    /// <summary>How far somebody has set the wall clock forward, or back.</summary>
    public TimeSpan WallOffset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Beginning + Elapsed + WallOffset;

    public override long GetTimestamp() => Elapsed.Ticks;
}
