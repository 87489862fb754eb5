namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>Pixels as a file holds them, perhaps reduced, and not turned yet.</summary>
/// <param name="Pixels">Their width and height are the full ones divided by the reduction, rounded up.</param>
/// <param name="Width">Without the reduction.</param>
/// <param name="Height">Without the reduction.</param>
/// <param name="Reduction">1, 2, 4 or 8.</param>
internal readonly record struct StoredImage(RgbImage Pixels, int Width, int Height, int Reduction, ImageOrientation Orientation);
