namespace Experiments.ServiceDefaults.Tests.Metrics;

/// <summary>The real clock plus an offset, for servers whose own clock cannot be faked.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
