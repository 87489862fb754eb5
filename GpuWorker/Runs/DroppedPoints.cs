using System.Runtime.CompilerServices;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// The account of points that never reached the metric stream: counted for each attempt and in all (<c>experiments.points.dropped</c>), and told in
/// the log as soon as there are any, then now and then. Safe to use from several threads.
/// </summary>
internal sealed class DroppedPoints(TimeProvider time, ILogger logger)
{
    /// <summary>Between two lines about it.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<RunClaimed, StrongBox<long>> _byAttempt = [];
    private long _untold;
    private long? _toldAt;

    /// <param name="reason">In a few words, as a tag and for the log.</param>
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

        // Of run and attempt, the scope tells where it is the training that logs.
        logger.LogWarning(
            exception, "{Points} points of curves were dropped ({Reason}), of run {RunId}, attempt {Attempt}; what each epoch measured arrives all the same",
            untold, reason, claim.RunId, claim.Attempt);
    }

    /// <summary>How many of an attempt were dropped since this was asked last.</summary>
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
