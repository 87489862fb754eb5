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
}

/// <summary>How values are drawn from a sweep's space.</summary>
/// <param name="Sampler">Never <see cref="SamplerKind.Grid"/>.</param>
/// <param name="Runs">How many configurations are drawn for each combination of the grid; 1 to <see cref="MostRuns"/>.</param>
/// <param name="Seed">Equal seeds draw equal values.</param>
public sealed record SearchSpec(SamplerKind Sampler, int Runs, int Seed)
{
    /// <summary>The largest value of <see cref="Runs"/>.</summary>
    public const int MostRuns = 10_000;
}
