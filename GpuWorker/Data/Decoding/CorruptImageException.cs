namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>An image cannot be decoded.</summary>
/// <param name="reason">The problem, without the image's name.</param>
public sealed class CorruptImageException(string reason, Exception? inner = null) : Exception(reason, inner);
