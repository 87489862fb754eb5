using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.GpuWorker.Training.Pretrained.Names;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Copies stored tensors into a model, and keeps account of it.</summary>
internal sealed class WeightTransfer(ImageModel model, IStoredWeights weights)
{
    private readonly List<string> _loaded = [];
    private readonly List<string> _adapted = [];
    private readonly List<string> _replaced = [];
    private readonly List<string> _kept = [];

    /// <returns>Without source and file, which are not known here.</returns>
    /// <exception cref="SafetensorsException">A tensor is missing or has a shape that nothing can be done about.</exception>
    public Initialization Run()
    {
        using IDisposable unrecorded = no_grad();
        Dictionary<string, Tensor> state = model.state_dict();
        string[] stored = [.. weights.Names];
        IReadOnlyDictionary<string, string> names = StoredNames.Match(stored, state.Keys.ToHashSet());
        foreach ((string name, Tensor tensor) in state)
        {
            using DisposeScope scope = NewDisposeScope();
            Take(name, tensor, names.GetValueOrDefault(name)).Add(name);
        }

        return new Initialization
        {
            Source = "",
            File = "",
            Loaded = _loaded,
            Adapted = _adapted,
            Replaced = _replaced,
            Kept = _kept,
            Skipped = [.. stored.Except(names.Values)],
        };
    }

    /// <summary>The list that tells what became of the tensor.</summary>
    private List<string> Take(string name, Tensor tensor, string? stored)
    {
        if (stored is null)
        {
            return model.DependsOnClasses(name) ? _replaced
                : !tensor.is_floating_point() ? _kept
                : throw new SafetensorsException($"it has no tensor \"{name}\"");
        }

        long[] shape = weights.ShapeOf(stored);
        if (shape.AsSpan().SequenceEqual(tensor.shape))
        {
            using Tensor content = weights.Read(stored);
            tensor.copy_(content);
            return _loaded;
        }

        using Tensor other = weights.Read(stored);
        if (model.Adapt(name, other, tensor.shape) is { } adapted)
        {
            using (adapted)
            {
                tensor.copy_(adapted);
            }

            return _adapted;
        }

        return model.DependsOnClasses(name) ? _replaced : throw new SafetensorsException(
            $"tensor \"{stored}\" has shape [{string.Join(", ", shape)}]; expected [{string.Join(", ", tensor.shape)}]");
    }
}
