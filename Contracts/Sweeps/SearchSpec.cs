namespace Experiments.Contracts.Sweeps;

/// <summary>How the configurations of a sweep are proposed.</summary>
public enum SamplerKind
{
    /// <summary>Every combination of listed values; the only one without a space.</summary>
    Grid,

    /// <summary>Independent draws.</summary>
    Random,

    /// <summary>Draws that cover the space more evenly than independent ones.</summary>
    Quasirandom,

    /// <summary>Proposals that learn from the results of ended runs.</summary>
    Tpe,
}

/// <summary>How values are drawn from a sweep's space.</summary>
/// <param name="Sampler">Never <see cref="SamplerKind.Grid"/>.</param>
/// <param name="Runs">How many configurations are drawn for each combination of the grid; 1 to <see cref="MostRuns"/>.</param>
/// <param name="Seed">Equal seeds draw equal values.</param>
public sealed record SearchSpec(SamplerKind Sampler, int Runs, int Seed)
{
    /// <summary>The largest value of <see cref="Runs"/>.</summary>
    public const int MostRuns = 10_000;

    /// <summary>The largest value of <see cref="Parallel"/>.</summary>
    public const int MostParallel = 10_000;

    /// <summary>The most runs that are proposed but have not ended, once there are results to learn from; null for the default. Only with <see cref="SamplerKind.Tpe"/>.</summary>
    public int? Parallel { get; init; }
}
