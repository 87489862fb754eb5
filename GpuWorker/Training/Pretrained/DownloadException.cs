namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>A file could not be downloaded.</summary>
public sealed class DownloadException(string message, Exception? inner = null) : Exception(message, inner);
