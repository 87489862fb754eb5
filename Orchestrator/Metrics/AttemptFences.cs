using Experiments.Contracts.Metrics;

namespace Experiments.Orchestrator.Metrics;

/// <summary>Where an attempt began.</summary>
/// <param name="FirstIteration">Null where it began within an epoch and only its checkpoint knows.</param>
public readonly record struct AttemptStart(int Attempt, int FirstEpoch, long? FirstIteration);

/// <summary>
/// Says which points of a run count. What an attempt measured counts up to where its successors began: an attempt that
/// was handed back may still have points on their way, and one that lost its lease may not know it yet. Pure.
/// </summary>
public sealed class AttemptFences(IReadOnlyCollection<AttemptStart> attempts)
{
    public bool Accepts(int attempt, string metric, long step)
    {
        bool isKnown = false;
        foreach (AttemptStart start in attempts)
        {
            isKnown |= start.Attempt == attempt;
            long last = MetricNames.IsPerIteration(metric) ? start.FirstIteration ?? long.MaxValue : start.FirstEpoch;
            if (start.Attempt > attempt && step > last)
            {
                return false;
            }
        }

        return isKnown;
    }
}
