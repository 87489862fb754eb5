namespace Experiments.GpuWorker.Downloads;

/// <summary>A file cannot be downloaded, or is not what it should be.</summary>
internal sealed class DownloadException(string message, Exception? inner = null) : Exception(message, inner);
