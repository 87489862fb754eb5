using System.Text.RegularExpressions;

namespace Experiments.GpuWorker.Training.Pretrained.Names;

/// <summary>
/// Maps timm's names of a ViT, also used by MoCo v3, to torchvision's. Both keep query, key and value in one matrix, in this order.
/// </summary>
internal sealed partial class TimmTransformerNames : INameRule
{
    private static readonly Dictionary<string, string> Beginnings = new()
    {
        ["cls_token"] = "class_token",
        ["pos_embed"] = "encoder.pos_embedding",
        ["patch_embed.proj"] = "conv_proj",
        ["norm"] = "encoder.ln",
        ["head"] = "heads.head",
    };

    private static readonly Dictionary<string, string> InBlocks = new()
    {
        ["norm1."] = "ln_1.",
        ["attn.qkv."] = "self_attention.in_proj_",
        ["attn.proj."] = "self_attention.out_proj.",
        ["norm2."] = "ln_2.",
        ["mlp.fc1."] = "mlp.0.",
        ["mlp.fc2."] = "mlp.3.",
    };

    public string? Translate(string name)
    {
        Match block = Block().Match(name);
        if (block.Success)
        {
            return InBlocks.TryGetValue(block.Groups["part"].Value, out string? part)
                ? $"encoder.layers.encoder_layer_{block.Groups["number"].Value}.{part}{block.Groups["rest"].Value}"
                : null;
        }

        Match other = Other().Match(name);
        return Beginnings.TryGetValue(other.Groups["begin"].Value, out string? begin) ? begin + other.Groups["rest"].Value : null;
    }

    [GeneratedRegex(@"^blocks\.(?<number>\d+)\.(?<part>.+\.)(?<rest>weight|bias)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?<begin>.+?)(?<rest>(\.(weight|bias))?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Other();
}
