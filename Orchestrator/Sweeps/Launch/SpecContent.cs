using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>
/// What a sweep says, whatever the order of the keys of its base and of an exclusion. The order of the grid's axes and values counts: it numbers the cells.
/// </summary>
internal sealed class SpecContent(SweepSpec spec)
{
    private readonly string _written = SpecJson.Write(spec);
    private readonly string _sorted = SpecJson.Write(Sort(spec));

    /// <summary>Of the stored text: the same for all orders.</summary>
    public int Length => _written.Length;

    /// <param name="stored">As <see cref="SpecJson.Write"/> wrote it.</param>
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
            // Another version stored it, with what this one does not know.
            return false;
        }
    }

    private static SweepSpec Sort(SweepSpec spec) => spec with
    {
        Base = [.. spec.Base.OrderBy(assignment => assignment.Hyperparameter.Name, StringComparer.Ordinal)],
        Exclude = [.. spec.Exclude.Select(exclusion => new Exclusion([.. exclusion.Matches.OrderBy(match => match.Hyperparameter.Name, StringComparer.Ordinal)]))],
    };
}
