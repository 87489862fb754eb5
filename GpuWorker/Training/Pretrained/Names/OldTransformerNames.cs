using System.Text.RegularExpressions;

namespace Experiments.GpuWorker.Training.Pretrained.Names;

/// <summary>
/// The perceptrons of torchvision's published ViTs: <c>mlp.linear_1</c> and <c>mlp.linear_2</c> are now <c>mlp.0</c> and <c>mlp.3</c>
/// (torchvision.models.vision_transformer.MLPBlock).
/// </summary>
internal sealed partial class OldTransformerNames : INameRule
{
    public string? Translate(string name) => Linear().Match(name) is { Success: true } match
        ? $"{match.Groups["block"].Value}{(match.Groups["number"].Value == "1" ? 0 : 3)}{match.Groups["rest"].Value}"
        : null;

    [GeneratedRegex(@"^(?<block>.*\.mlp\.)linear_(?<number>[12])(?<rest>\..*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Linear();
}
