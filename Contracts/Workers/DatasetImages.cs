namespace Experiments.Contracts.Workers;

/// <summary>Some training images of one class with their pixels, as a worker sends them.</summary>
/// <param name="Class">The index of the class, from 0.</param>
public sealed record ClassSamples(int Class, string Name, IReadOnlyList<DatasetSample> Samples);

/// <param name="Image">A PNG, or for larger ones a JPEG; empty where it cannot be decoded.</param>
/// <param name="Problem">Why it cannot be decoded; null when it can.</param>
public sealed record DatasetSample(string Place, int Width, int Height, byte[] Image, string? Problem);

/// <summary>An image that cannot be read.</summary>
/// <param name="Split"><c>training</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Place">The image file, or the position of the image in a file of several.</param>
public sealed record UnreadableImage(string Split, string Place, string Reason);
