namespace Experiments.GpuWorker.Files;

/// <summary>A file is not a whole safetensors file.</summary>
/// <param name="message">What is wrong with it, without naming it.</param>
public sealed class SafetensorsException(string message, Exception? inner = null) : Exception(message, inner);
