using System.Text.RegularExpressions;

namespace Experiments.GpuWorker.Training.Pretrained.Names;

/// <summary>
/// torchvision's published DenseNets predate its current modules: <c>denselayer1.norm.1.weight</c> is now <c>denselayer1.norm1.weight</c>
/// (torchvision.models.densenet._load_state_dict).
/// </summary>
internal sealed partial class OldDenseNetNames : INameRule
{
    public string? Translate(string name) => Split().Match(name) is { Success: true } match
        ? match.Groups["layer"].Value + match.Groups["number"].Value
        : null;

    [GeneratedRegex(@"^(?<layer>.*denselayer\d+\.(?:norm|conv))\.(?<number>[12]\.[a-z_]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Split();
}
