namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>A decoded image.</summary>
/// <param name="Pixels">Rows of red, green, blue bytes: Height × Width × 3.</param>
public sealed record RgbImage(int Width, int Height, byte[] Pixels);
