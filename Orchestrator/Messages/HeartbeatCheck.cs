using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Messages;

/// <summary>Validates heartbeats: their content is shown in the list of workers. Pure.</summary>
internal static class HeartbeatCheck
{
    private const int LongestId = 200;
    private const int LongestName = 500;
    private const int MostModels = 1000;

    /// <summary>The heartbeat with invalid values replaced: a worker must not lose its lease because a device reports nonsense.</summary>
    /// <exception cref="BadMessageException">It has no valid worker id.</exception>
    public static Heartbeat Tidy(Heartbeat heartbeat)
    {
        RequireId(heartbeat.WorkerId);
        return heartbeat with
        {
            Host = Shorten(heartbeat.Host),
            Device = Shorten(heartbeat.Device),
            FasterInBFloat16 = heartbeat.FasterInBFloat16?.Where(model => model is not null).Take(MostModels).Select(Shorten).ToArray(),
            MemoryUsed = Math.Max(0, heartbeat.MemoryUsed),
            MemoryTotal = Math.Max(0, heartbeat.MemoryTotal),

            // JSON can express infinity (1e999), but the answer that contains it could not be written.
            Utilization = double.IsFinite(heartbeat.Utilization) ? Math.Clamp(heartbeat.Utilization, 0, 1) : 0,
        };
    }

    /// <exception cref="BadMessageException">It is not a valid worker id.</exception>
    public static void RequireId(string? workerId)
    {
        if (workerId is not { Length: > 0 and <= LongestId })
        {
            throw new BadMessageException($"the id of a worker has {workerId?.Length ?? 0} characters; allowed: 1 to {LongestId}");
        }
    }

    private static string Shorten(string? text) => text is null ? "?" : text.Length <= LongestName ? text : text[..LongestName];
}
