namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>The pixels of a file, possibly at reduced size, before rotation.</summary>
/// <param name="Pixels">Width and height are the full ones divided by the reduction, rounded up.</param>
/// <param name="Width">The full width.</param>
/// <param name="Height">The full height.</param>
/// <param name="Reduction">1, 2, 4 or 8.</param>
internal readonly record struct StoredImage(RgbImage Pixels, int Width, int Height, int Reduction, ImageOrientation Orientation);
