using Experiments.Contracts.Metrics;

namespace Experiments.Orchestrator.Metrics;

/// <summary>An attempt, and how far it was when it completed its run.</summary>
/// <param name="LastEpoch">Null unless it completed the run.</param>
/// <param name="LastIteration">Null unless it completed the run.</param>
public readonly record struct AttemptEnd(int Attempt, int? LastEpoch, long? LastIteration);

/// <summary>
/// Decides which points of a run count. At each step, the newest attempt that measured it counts. Points of older attempts are kept, because their
/// checkpoint may be newer than their last report. Only points beyond the end of the run are dropped. Pure.
/// </summary>
public sealed class AttemptFences(IReadOnlyCollection<AttemptEnd> attempts)
{
    public bool Accepts(int attempt, string metric, long step)
    {
        bool isKnown = false;
        foreach (AttemptEnd other in attempts)
        {
            isKnown |= other.Attempt == attempt;
            long? last = MetricNames.IsPerIteration(metric) ? other.LastIteration : other.LastEpoch;
            if (other.Attempt > attempt && step > last)
            {
                return false;
            }
        }

        return isKnown;
    }
}
