namespace Experiments.ServiceDefaults.Tests.Metrics;

/// <summary>The real clock, put forward: for servers that have a clock of their own, which no fake can move.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
