using System.Text.RegularExpressions;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Pretrained.Names;
using Experiments.GpuWorker.Training.Pretrained.Stored;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>
/// Layers in a file that a network does not have. Extra backbone layers mean weights of another architecture: resnet34's contain all layers that
/// resnet18 needs, in the same shapes, but do not work in it. Heads, optimizer states and second copies are harmless.
/// </summary>
/// <param name="Backbone">Names of tensors that belong to a backbone like the network's.</param>
/// <param name="Others">Names of other tensors that are not known to be harmless.</param>
internal sealed partial record ForeignLayers(IReadOnlyList<string> Backbone, IReadOnlyList<string> Others)
{
    /// <summary>Names of the tensors of a layer.</summary>
    private static readonly string[] LayerTensors = ["weight", "bias", "running_mean", "running_var"];

    /// <summary>Parts of names of tensors that do not affect a backbone's result: counters, masks, index tables, observer statistics.</summary>
    private static readonly string[] HarmlessParts =
    [
        "num_batches_tracked", "total_ops", "total_params", "relative_position_index", "relative_coords_table", "attn_mask", "weight_mask", "bias_mask", "mask_token", "dist_token",
        "activation_post_process", "weight_fake_quant",
    ];

    /// <summary>Words in names outside the backbone.</summary>
    private static readonly string[] HarmlessWords =
    [
        "head", "heads", "fc", "classifier", "classifiers", "aux", "auxlogits", "logits", "dist", "ema", "swa", "avg", "averaged", "momentum", "target", "teacher", "student",
        "optimizer", "scheduler", "criterion", "loss", "metric", "metrics", "projector", "projection", "proj", "predictor", "prediction", "decoder", "queue",
    ];

    public static ForeignLayers In(ImageModel model, Reading reading)
    {
        string[] wanted = [.. model.state_dict().Keys.Where(name => !model.DependsOnClasses(name))];
        HashSet<string> shapes = [.. wanted.Where(name => IsNested(name) || !wanted.Any(IsNested)).Select(Shape)];
        HashSet<string> modules = [.. wanted.Concat(wanted.Where(reading.Names.ContainsKey).Select(name => reading.Names[name][reading.Prefix.Length..])).Select(First)];
        var backbone = new List<string>();
        var others = new List<string>();
        foreach (string stored in reading.Tensors.Names.Except(reading.Names.Values).Where(name => name.StartsWith(reading.Prefix, StringComparison.Ordinal)))
        {
            string name = stored[reading.Prefix.Length..];
            string[] readings = [name, .. StoredNames.Rules.Select(rule => rule.Translate(name)).OfType<string>()];
            if (name.Split('.').Any(part => HarmlessParts.Contains(part)) || readings.Any(other => IsAtHead(model, other)))
            {
                continue;
            }

            bool isLayer = LayerTensors.Contains(name[(name.LastIndexOf('.') + 1)..]);
            if (readings.Any(other => shapes.Contains(Shape(other)) || IsBelow(modules, First(other))))
            {
                if (isLayer || IsFloatingPoint(reading.Tensors, stored))
                {
                    backbone.Add(stored);
                }
            }
            else if ((isLayer || IsToken(name)) && !name.Split('.', '_').Any(word => HarmlessWords.Contains(word.TrimEnd('0', '1', '2', '3'), StringComparer.OrdinalIgnoreCase)))
            {
                others.Add(stored);
            }
        }

        return new ForeignLayers(backbone, others);
    }

    /// <summary>The head, or next to it: <c>classifier.7</c> after <c>classifier.6</c>.</summary>
    private static bool IsAtHead(ImageModel model, string name) =>
        model.DependsOnClasses(name)
        || (model.HeadName.LastIndexOf('.') is > 0 and var end && name.StartsWith(model.HeadName[..(end + 1)], StringComparison.Ordinal));

    /// <summary>timm's ViTs have normalizations next to <c>norm</c>: <c>norm_pre</c>.</summary>
    private static bool IsBelow(HashSet<string> modules, string first) =>
        modules.Contains(first) || (modules.Contains("norm") && first.StartsWith("norm_", StringComparison.Ordinal));

    /// <summary>Extra tokens of a transformer, such as registers.</summary>
    private static bool IsToken(string name) => name.EndsWith("_token", StringComparison.Ordinal) || name.EndsWith("_tokens", StringComparison.Ordinal);

    /// <summary>
    /// Within a part of a module. If a network has such layers, similar ones next to its modules prove little: a <c>bn2</c> next to
    /// <c>layer4</c> may come after the backbone. In LeNet-5, all layers are like this.
    /// </summary>
    private static bool IsNested(string name) => name.Count(letter => letter == '.') > 1;

    private static bool IsFloatingPoint(IStateDict tensors, string name)
    {
        using Tensor content = tensors.Read(name);
        return content.is_floating_point();
    }

    private static string First(string name) => name.Split('.')[0];

    /// <summary>The same for layers of the same kind, regardless of position.</summary>
    private static string Shape(string name) => Numbers().Replace(name, "#");

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
