namespace Experiments.GpuWorker.Training.Pretrained.Stored;

/// <summary>A file of weights: one or more state dicts.</summary>
internal interface IStoredWeights : IDisposable
{
    /// <summary>The file's metadata; empty if the format has none.</summary>
    IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>All dictionaries of named tensors in the file, outermost first; at least one.</summary>
    IReadOnlyList<IStateDict> StateDicts { get; }
}
