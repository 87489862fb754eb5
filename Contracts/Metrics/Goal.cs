namespace Experiments.Contracts.Metrics;

/// <summary>Whether larger or smaller values of a metric are better.</summary>
public enum Goal
{
    Maximize,
    Minimize,
}
