namespace Experiments.Contracts.Metrics;

/// <summary>Whether larger or smaller values of a metric are better.</summary>
public enum Goal
{
    /// <summary>Larger is better.</summary>
    Maximize,

    /// <summary>Smaller is better.</summary>
    Minimize,
}
