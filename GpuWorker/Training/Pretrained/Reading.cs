using Experiments.GpuWorker.Training.Pretrained.Stored;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>One way to take a file for the weights of a model: a state dict of it, without what stands in front of its names.</summary>
/// <param name="Tensors">The state dict.</param>
/// <param name="Prefix">What is dropped, such as <c>_orig_mod.</c>; empty for nothing.</param>
/// <param name="Names">The names in the file by those of the model.</param>
/// <param name="IsComplete">Whether no tensor is missing that the model needs.</param>
/// <param name="Fitting">How many tensors have the shape that the model needs.</param>
internal sealed record Reading(
    IStateDict Tensors, string Prefix, IReadOnlyDictionary<string, string> Names, bool IsComplete, int Fitting)
{
    /// <summary>Words for a second copy of the weights, which training keeps besides the first.</summary>
    private static readonly string[] CopyWords = ["ema", "momentum", "target", "averaged", "avg", "swa", "shadow"];

    /// <summary>Where scripts keep the weights that they train, the commonest first.</summary>
    private static readonly string[] UsualContainers = ["", "state_dict", "model", "model_state_dict"];

    /// <summary>The lower, the likelier it is what a user means, of readings that fit as well: weights as they are come before a moving average of them.</summary>
    public (bool IsCopy, bool IsPrefixed, int Container) Rank => (
        IsCopy,
        Prefix.Length > 0,
        Array.IndexOf(UsualContainers, Tensors.Container) is >= 0 and var index ? index : UsualContainers.Length);

    private bool IsCopy => $"{Tensors.Container}.{Prefix}".Split('.', '_').Any(word => CopyWords.Contains(word, StringComparer.OrdinalIgnoreCase))
        || Prefix.Contains("encoder_k.", StringComparison.Ordinal);

    public override string ToString() => (Tensors.Container, Prefix) switch
    {
        ("", "") => "the names as they are",
        ("", _) => $"the names under \"{Prefix}\"",
        (_, "") => $"\"{Tensors.Container}\"",
        _ => $"\"{Tensors.Container}\" with the names under \"{Prefix}\"",
    };
}
