namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>Reads a pickle's reference to a storage: ("storage", class, key, device, elements), and in old files a view of it.</summary>
internal static class StorageReferences
{
    /// <exception cref="TorchFileException">It is not a storage reference.</exception>
    public static StoredStorage Read(PickleTuple reference) =>
        reference.Items is ["storage", TorchType type, string key, string, long elements, ..]
        && elements >= 0
        && (reference.Items.Count == 5 || (reference.Items.Count == 6 && reference.Items[5] is null))
            ? new StoredStorage(key, type, elements)
            : throw PickleStack.Damaged("it refers to something else than a storage");
}
