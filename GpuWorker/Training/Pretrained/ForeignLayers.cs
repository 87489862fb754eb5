using System.Text.RegularExpressions;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Pretrained.Names;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>
/// Layers that a file has and a network does not know. More layers of the backbone mean that the weights are another architecture's: resnet34's have all that
/// resnet18 needs, in the same shapes, and are of no use to it. Heads, optimizer states and second copies are what files have besides.
/// </summary>
/// <param name="Backbone">Names of tensors that belong into the network's own backbone.</param>
/// <param name="Others">Names of tensors of layers elsewhere that are not known to be harmless.</param>
internal sealed partial record ForeignLayers(IReadOnlyList<string> Backbone, IReadOnlyList<string> Others)
{
    /// <summary>What layers consist of; counters, masks and tables are something else.</summary>
    private static readonly string[] LayerTensors = ["weight", "bias", "running_mean", "running_var"];

    /// <summary>Words in the names of what is not the backbone.</summary>
    private static readonly string[] HarmlessWords =
    [
        "head", "heads", "fc", "classifier", "classifiers", "aux", "auxlogits", "logits", "dist", "ema", "swa", "avg", "averaged", "momentum", "target", "teacher", "student",
        "optimizer", "scheduler", "criterion", "loss", "metric", "metrics", "projector", "projection", "proj", "predictor", "prediction", "decoder", "queue",
    ];

    public static ForeignLayers In(ImageModel model, Reading reading)
    {
        string[] wanted = [.. model.state_dict().Keys.Where(name => !model.DependsOnClasses(name))];
        HashSet<string> shapes = [.. wanted.Select(Shape)];
        HashSet<string> modules = [.. wanted.Select(First)];
        var backbone = new List<string>();
        var others = new List<string>();
        foreach (string stored in reading.Tensors.Names.Except(reading.Names.Values).Where(name => name.StartsWith(reading.Prefix, StringComparison.Ordinal)))
        {
            string name = stored[reading.Prefix.Length..];
            string[] readings = [name, .. StoredNames.Rules.Select(rule => rule.Translate(name)).OfType<string>()];
            if (!LayerTensors.Contains(name[(name.LastIndexOf('.') + 1)..]) || readings.Any(other => IsAtHead(model, other)))
            {
                continue;
            }

            if (readings.Any(other => shapes.Contains(Shape(other)) || modules.Contains(First(other))))
            {
                backbone.Add(stored);
            }
            else if (!name.Split('.', '_').Any(word => HarmlessWords.Contains(word.TrimEnd('0', '1', '2', '3'), StringComparer.OrdinalIgnoreCase)))
            {
                others.Add(stored);
            }
        }

        return new ForeignLayers(backbone, others);
    }

    /// <summary>The head, or next to it: <c>classifier.7</c> behind a <c>classifier.6</c>.</summary>
    private static bool IsAtHead(ImageModel model, string name) =>
        model.DependsOnClasses(name)
        || (model.HeadName.LastIndexOf('.') is > 0 and var end && name.StartsWith(model.HeadName[..(end + 1)], StringComparison.Ordinal));

    private static string First(string name) => name.Split('.')[0];

    /// <summary>The same for layers of the same kind, wherever they stand.</summary>
    private static string Shape(string name) => Numbers().Replace(name, "#");

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
