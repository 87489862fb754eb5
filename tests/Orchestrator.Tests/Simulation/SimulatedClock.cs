namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>A monotonic clock driven by the simulation, and a wall clock on top that can be set.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed { get; set; }

    /// <summary>How far the wall clock has been set forward or back.</summary>
    public TimeSpan WallOffset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Beginning + Elapsed + WallOffset;

    public override long GetTimestamp() => Elapsed.Ticks;
}
