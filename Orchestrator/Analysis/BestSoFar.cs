using Experiments.Contracts.Configuration;

namespace Experiments.Orchestrator.Analysis;

/// <summary>A value of the objective.</summary>
/// <param name="Ticks">When it was measured (UTC).</param>
/// <param name="Run">The index of the run.</param>
/// <param name="Cost">The epochs that it cost: 1, or 0 for a result that was taken over and for an epoch that another run trained.</param>
internal readonly record struct MeasuredValue(long Ticks, int Run, double Value, int Cost);

/// <summary>A value that was better than all before it, at the number of epochs spent until then.</summary>
internal readonly record struct Improvement(MeasuredValue Measured, long Epochs);

/// <summary>Finds the values that were better than all before them. Pure.</summary>
internal static class BestSoFar
{
    /// <param name="values">In any order; sorted in place.</param>
    /// <param name="most">The most values to answer, at least 2; of more, the first and the last are among them.</param>
    public static IReadOnlyList<Improvement> Of(List<MeasuredValue> values, ObjectiveSpec objective, int most)
    {
        values.Sort((one, other) => one.Ticks != other.Ticks ? one.Ticks.CompareTo(other.Ticks) : one.Run.CompareTo(other.Run));
        var found = new List<Improvement>();
        long epochs = 0;
        foreach (MeasuredValue value in values)
        {
            epochs += value.Cost;
            if (found.Count == 0 || objective.IsBetter(value.Value, found[^1].Measured.Value))
            {
                found.Add(new Improvement(value, epochs));
            }
        }

        return found.Count <= most ? found : [.. Enumerable.Range(0, most).Select(place => found[(int)((long)place * (found.Count - 1) / (most - 1))])];
    }
}
