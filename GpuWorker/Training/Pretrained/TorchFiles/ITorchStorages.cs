namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>Where a file of PyTorch's keeps the numbers of its tensors.</summary>
internal interface ITorchStorages : IDisposable
{
    /// <summary>What torch.save was given, as <see cref="PickleReader.Read"/> returns it.</summary>
    object? Root { get; }

    /// <summary>True where numbers have their highest byte first.</summary>
    bool IsBigEndian { get; }

    /// <summary>A stream that stands at the first byte of a storage; the caller disposes it.</summary>
    /// <exception cref="TorchFileException">The storage is missing or not as long as the pickle claims.</exception>
    Stream Open(StoredStorage storage);
}
