using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Checkpoints;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training;

/// <summary>Gives a new model weights that were trained before.</summary>
internal sealed class PretrainedWeights(DatasetFolder folders, IPretrainedRuns runs, ILogger<PretrainedWeights> logger)
{
    private const string RunPrefix = "run:";

    /// <summary>
    /// Replaces those weights of <paramref name="model"/> that the source has under the same name and in the same shape. The head may have another
    /// shape and then keeps its initial weights; anything else that is missing is a failure.
    /// </summary>
    /// <param name="source">none, imagenet, run:&lt;id&gt; or the path of a .safetensors file.</param>
    /// <exception cref="TrainingException">There are no such weights, or they are another architecture's (kind Invalid).</exception>
    public void Apply(ImageModel model, string source)
    {
        if (source == "none")
        {
            return;
        }

        string path = Find(source);
        try
        {
            using SafetensorsContent content = SafetensorsFile.Read(path, requireChecksum: false);
            Copy(model, content, source);
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw Invalid($"pretrained \"{source}\" cannot be used: {e.Message}", e);
        }
    }

    private string Find(string source)
    {
        if (source == "imagenet")
        {
            throw Invalid("pretrained \"imagenet\" is not available in this version; export the weights to a .safetensors file and give its path");
        }

        if (!source.StartsWith(RunPrefix, StringComparison.Ordinal))
        {
            string path = folders.Allow(source);
            return File.Exists(path) ? path : throw Invalid($"pretrained \"{source}\": there is no such file on this worker");
        }

        return runs.FindBestWeights(source[RunPrefix.Length..])
            ?? throw Invalid($"pretrained \"{source}\": this worker finds no best weights of such a run");
    }

    private void Copy(ImageModel model, SafetensorsContent content, string source)
    {
        using IDisposable unrecorded = no_grad();
        var replaced = new List<string>();
        foreach ((string name, Tensor tensor) in model.state_dict())
        {
            bool fits = content.TryGet(name, out Tensor? stored) && stored.shape.AsSpan().SequenceEqual(tensor.shape);
            if (fits)
            {
                tensor.copy_(stored!);
            }
            else if (model.DependsOnClasses(name))
            {
                replaced.Add(name);
            }
            else
            {
                content.Require(name, tensor.shape);
            }
        }

        string[] unused = [.. content.Names.Except(model.state_dict().Keys)];
        logger.LogInformation(
            "Pretrained {Source}: {Loaded} tensors loaded, new head: {Replaced}, not used: {Unused}",
            source,
            content.Names.Count - unused.Length - replaced.Count(name => content.TryGet(name, out _)),
            replaced,
            unused);
    }

    private static TrainingException Invalid(string message, Exception? inner = null) => new(FailureKind.Invalid, message, inner);
}
