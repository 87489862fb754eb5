namespace Experiments.GpuWorker.Files;

/// <summary>A file is not a whole safetensors file.</summary>
/// <param name="message">The problem, without the file's name.</param>
public sealed class SafetensorsException(string message, Exception? inner = null) : Exception(message, inner);
