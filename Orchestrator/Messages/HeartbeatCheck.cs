using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Messages;

/// <summary>What a heartbeat must be like: everybody who lists the workers is shown what it says. Pure.</summary>
internal static class HeartbeatCheck
{
    private const int LongestId = 200;
    private const int LongestName = 500;

    /// <summary>The heartbeat with what can be shown of it: a worker must not lose its lease because a device reads nonsense.</summary>
    /// <exception cref="BadMessageException">It does not say whose it is.</exception>
    public static Heartbeat Tidy(Heartbeat heartbeat)
    {
        RequireId(heartbeat.WorkerId);
        return heartbeat with
        {
            Host = Shorten(heartbeat.Host),
            Device = Shorten(heartbeat.Device),
            MemoryUsed = Math.Max(0, heartbeat.MemoryUsed),
            MemoryTotal = Math.Max(0, heartbeat.MemoryTotal),

            // JSON can write Infinity (1e999) but not the answer that would have to hold it.
            Utilization = double.IsFinite(heartbeat.Utilization) ? Math.Clamp(heartbeat.Utilization, 0, 1) : 0,
        };
    }

    /// <exception cref="BadMessageException">It names no worker.</exception>
    public static void RequireId(string? workerId)
    {
        if (workerId is not { Length: > 0 and <= LongestId })
        {
            throw new BadMessageException($"the id of a worker has {workerId?.Length ?? 0} characters; allowed: 1 to {LongestId}");
        }
    }

    private static string Shorten(string? text) => text is null ? "?" : text.Length <= LongestName ? text : text[..LongestName];
}
