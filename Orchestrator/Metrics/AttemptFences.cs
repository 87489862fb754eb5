using Experiments.Contracts.Metrics;

namespace Experiments.Orchestrator.Metrics;

/// <summary>An attempt, and what it had finished when it completed its run.</summary>
/// <param name="LastEpoch">Null unless it completed the run.</param>
/// <param name="LastIteration">Null unless it completed the run.</param>
public readonly record struct AttemptEnd(int Attempt, int? LastEpoch, long? LastIteration);

/// <summary>
/// Says which points of a run count. Each step is the newest attempt's that measured it; what an older one measured stays,
/// because its checkpoint may lie later than anybody was told before it died. Only beyond the end of the run nothing stays. Pure.
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
