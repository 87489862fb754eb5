namespace Experiments.GpuWorker.Downloads;

/// <summary>A file cannot be downloaded, or does not match its hash.</summary>
internal sealed class DownloadException(string message, Exception? inner = null) : Exception(message, inner);
