using Experiments.GpuWorker.Training.Pretrained.Stored;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>One interpretation of a file as the weights of a model: a state dict, and the prefix of its names.</summary>
/// <param name="Tensors">The state dict.</param>
/// <param name="Prefix">The prefix to drop, such as <c>_orig_mod.</c>; empty for nothing.</param>
/// <param name="Names">The names in the file by those of the model.</param>
/// <param name="IsComplete">Whether no tensor is missing that the model needs.</param>
/// <param name="Fitting">The number of tensors with the shape that the model needs.</param>
internal sealed record Reading(
    IStateDict Tensors, string Prefix, IReadOnlyDictionary<string, string> Names, bool IsComplete, int Fitting)
{
    /// <summary>Words for a second copy of the weights that training keeps.</summary>
    private static readonly string[] CopyWords = ["ema", "momentum", "target", "averaged", "avg", "swa", "shadow"];

    /// <summary>Keys under which scripts store the weights that they train, most common first.</summary>
    private static readonly string[] UsualContainers = ["", "state_dict", "model", "model_state_dict"];

    /// <summary>Ranks interpretations that fit equally well; lower is preferred: the weights themselves come before their moving average.</summary>
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
