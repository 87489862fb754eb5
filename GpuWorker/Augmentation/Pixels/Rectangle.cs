namespace Experiments.GpuWorker.Augmentation.Pixels;

/// <summary>A part of an image, in pixels.</summary>
internal readonly record struct Rectangle(int Top, int Left, int Height, int Width);
