namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>The storages of the tensors in a PyTorch file.</summary>
internal interface ITorchStorages : IDisposable
{
    /// <summary>The saved object, as returned by <see cref="PickleReader.Read"/>.</summary>
    object? Root { get; }

    /// <summary>True for big-endian numbers.</summary>
    bool IsBigEndian { get; }

    /// <summary>A stream positioned at the first byte of a storage; owned by the caller.</summary>
    /// <exception cref="TorchFileException">The storage is missing, or does not have the length in the pickle.</exception>
    Stream Open(StoredStorage storage);
}
