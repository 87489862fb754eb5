namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>A file is not one of PyTorch's, is damaged, or holds more than tensors and plain values.</summary>
/// <param name="message">What is wrong with it, without naming it.</param>
public sealed class TorchFileException(string message, Exception? inner = null) : Exception(message, inner);
