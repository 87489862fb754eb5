namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>Finds the named tensors in what was saved.</summary>
internal static class StateDictionary
{
    /// <summary>What scripts keep a model's state dict under, beside epoch and optimizer.</summary>
    private static readonly string[] Keys = ["state_dict", "model", "model_state_dict"];

    private const int Deepest = 3;

    /// <exception cref="TorchFileException">There is none.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Find(object? root)
    {
        object? at = root;
        for (int i = 0; i < Deepest && at is PickleDictionary dictionary; i++)
        {
            Dictionary<string, StoredTensor> tensors = dictionary.Items
                .Where(item => item.Value is StoredTensor)
                .ToDictionary(item => item.Key, item => (StoredTensor)item.Value!);
            string? key = Array.Find(Keys, key => dictionary.Items.GetValueOrDefault(key) is PickleDictionary);
            if (tensors.Count > 0 && key is null)
            {
                return tensors;
            }

            at = key is null ? null : dictionary.Items[key];
        }

        throw new TorchFileException($"it holds no named tensors, neither by themselves nor under {string.Join(", ", Keys)}");
    }
}
