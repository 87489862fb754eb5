namespace Experiments.Contracts.Configuration;

/// <summary>Which images a sweep trains on, as written in its <c>dataset</c> block.</summary>
public sealed record DatasetSpec
{
    /// <summary>The value of <see cref="ValidationFraction"/> when a sweep does not set it.</summary>
    public const double DefaultValidationFraction = 0.2;

    /// <summary>A name from <see cref="Catalog.DatasetCatalog"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that holds the files; null for data sets that are built in, or that workers download.</summary>
    public string? Path { get; init; }

    /// <summary>The share of the training images held back for validation where the data set has no split of its own; in (0, 1).</summary>
    public double ValidationFraction { get; init; } = DefaultValidationFraction;

    /// <summary>Use at most this many training images and a fifth as many of each other split, drawn by the run's seed; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Leave out images that cannot be decoded, with a warning, instead of failing the run.</summary>
    public bool SkipCorrupt { get; init; }
}
