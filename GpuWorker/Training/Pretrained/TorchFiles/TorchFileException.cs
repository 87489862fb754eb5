namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>A file is not a PyTorch file, is damaged, or contains more than tensors and plain values.</summary>
/// <param name="message">The problem, without the file's name.</param>
public sealed class TorchFileException(string message, Exception? inner = null) : Exception(message, inner);
