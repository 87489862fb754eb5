namespace Experiments.GpuWorker.Training.Pretrained.Stored;

/// <summary>A file of weights: one state dict, or several of which one is meant.</summary>
internal interface IStoredWeights : IDisposable
{
    /// <summary>What the file says besides the tensors; empty where the format has nothing of the kind.</summary>
    IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>Everything in the file that holds named tensors, from the outside in; at least one.</summary>
    IReadOnlyList<IStateDict> StateDicts { get; }
}
