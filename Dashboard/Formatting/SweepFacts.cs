using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Formatting;

/// <summary>Facts from the specification of a launched sweep.</summary>
/// <param name="Axes">The hyperparameters that its grids vary, in their order.</param>
public sealed record SweepFacts(ObjectiveSpec Objective, IReadOnlyList<HyperparameterDefinition> Axes, string Dataset)
{
    /// <summary>Whether runs have failed.</summary>
    public bool HasFailures { get; init; }

    /// <summary>A sweep whose specification cannot be read (written by another version) has no facts but is still shown.</summary>
    public static SweepFacts Of(SweepView sweep) =>
        SweepSpecReader.TryRead(sweep.Spec, out SweepSpec? spec, out _)
            ? new SweepFacts(spec.Objective, [.. spec.Varied], spec.Dataset.Name) { HasFailures = sweep.RunCounts.Failed > 0 }
            : new SweepFacts(ObjectiveSpec.Default, [], "") { HasFailures = sweep.RunCounts.Failed > 0 };
}
