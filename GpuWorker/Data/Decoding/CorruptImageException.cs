namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>An image cannot be decoded.</summary>
/// <param name="reason">What is wrong with it, without naming it.</param>
public sealed class CorruptImageException(string reason, Exception? inner = null) : Exception(reason, inner);
