namespace Experiments.Contracts.Catalog;

/// <summary>The images that a network is built for in Python.</summary>
/// <param name="ImageSize">Pixels a side.</param>
public sealed record PythonShape(bool SmallInput, int ImageSize)
{
    /// <summary>Pixels a side of a transformer's patch.</summary>
    public int Patch => SmallInput ? 4 : 16;

    /// <summary>The nearest whole number of patches, in pixels.</summary>
    public int Side => Patch * Math.Max(1, (int)Math.Round((double)ImageSize / Patch, MidpointRounding.AwayFromZero));
}
