using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>
/// The content of a sweep, regardless of the order of keys in its base and exclusions. The order of the grid's axes and values matters: it numbers the cells.
/// </summary>
internal sealed class SpecContent(SweepSpec spec)
{
    private readonly string _written = SpecJson.Write(spec);
    private readonly string _sorted = SpecJson.Write(Sort(spec));

    /// <summary>The content of the stored text; equal for all orders of keys.</summary>
    public int Length => _written.Length;

    /// <param name="stored">The output of <see cref="SpecJson.Write"/>.</param>
    public bool IsThatOf(string stored)
    {
        if (stored == _written)
        {
            return true;
        }

        try
        {
            return SpecJson.Write(Sort(SpecJson.Read(stored))) == _sorted;
        }
        catch (FormatException)
        {
            // Another version stored it, with content that this one does not support.
            return false;
        }
    }

    private static SweepSpec Sort(SweepSpec spec) => spec with
    {
        Base = [.. spec.Base.OrderBy(assignment => assignment.Hyperparameter.Name, StringComparer.Ordinal)],
        Exclude = [.. spec.Exclude.Select(exclusion => new Exclusion([.. exclusion.Matches.OrderBy(match => match.Hyperparameter.Name, StringComparer.Ordinal)]))],
    };
}
