using System.Runtime.CompilerServices;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Counts points that never reached the metric stream, per attempt and in total (<c>experiments.points.dropped</c>), and logs
/// them: the first immediately, then at intervals. Thread-safe.
/// </summary>
internal sealed class DroppedPoints(TimeProvider time, ILogger logger)
{
    /// <summary>The interval between two log entries.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<RunClaimed, StrongBox<long>> _byAttempt = [];
    private long _untold;
    private long? _toldAt;

    /// <param name="reason">A short text, used as a tag and in the log.</param>
    public void Add(RunClaimed claim, int points, string reason, Exception? exception = null)
    {
        ExperimentsMetrics.PointsDropped.Add(points, new KeyValuePair<string, object?>("reason", reason));
        long untold;
        lock (_gate)
        {
            _byAttempt.GetOrCreateValue(claim).Value += points;
            _untold += points;
            if (_toldAt is { } told && time.GetElapsedTime(told) < Interval)
            {
                return;
            }

            (untold, _untold, _toldAt) = (_untold, 0, time.GetTimestamp());
        }

        // If the training thread logs, the scope already has run and attempt.
        logger.LogWarning(
            exception, "{Points} points of curves were dropped ({Reason}), of run {RunId}, attempt {Attempt}; the metrics of epochs still arrive",
            untold, reason, claim.RunId, claim.Attempt);
    }

    /// <summary>The number of dropped points of an attempt since the last call.</summary>
    public long Take(RunClaimed claim)
    {
        lock (_gate)
        {
            if (!_byAttempt.TryGetValue(claim, out StrongBox<long>? dropped))
            {
                return 0;
            }

            _byAttempt.Remove(claim);
            return dropped.Value;
        }
    }
}
